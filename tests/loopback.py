"""Servers that a test started itself on this computer: the only ones that it may talk to."""

PORTS: set[int] = set()

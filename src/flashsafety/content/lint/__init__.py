"""Checks of the bank, and how their findings are shown."""

"""How git is asked of a bank that others may have filled."""

GIT = ("git", "-c", "safe.bareRepository=explicit")
"""The command, before its arguments.

A folder of a checkout may hold the files of a repository, a clone brings them like any others. In
or below it git would take it for the repository, and run the programs that its settings name.
Source: git-config(1), ``safe.bareRepository``, since git 2.38.
"""

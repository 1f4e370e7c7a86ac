"""How git is asked of a bank that others may have filled."""

GIT = (
    *("git", "-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),
)
"""The command, before its arguments.

A folder of a checkout may hold the files of a repository, a clone brings them like any others. In
or below it git would take it for the repository, and run the programs that its settings name. A
clone has no settings of others, but a folder that was handed over whole has: of these none is let
name what runs whenever git is asked. A filter that they name for files is beyond any option.
Source: git-config(1), ``safe.bareRepository``, since git 2.38.
"""

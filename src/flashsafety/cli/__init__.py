"""The command line: parse, call a use-case, hand the result to ``output``."""

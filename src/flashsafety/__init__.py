"""A spaced-repetition question bank for a course, reviewed in the terminal."""

__version__ = "0.1.0"

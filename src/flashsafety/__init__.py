"""A spaced-repetition question bank for a course, reviewed in the terminal."""

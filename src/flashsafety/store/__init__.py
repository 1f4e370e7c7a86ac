"""All SQL: the one SQLite file, its migrations, and everything read from it or written to it."""

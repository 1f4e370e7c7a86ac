"""The terminal app: draws screens over ``study`` and decides nothing."""

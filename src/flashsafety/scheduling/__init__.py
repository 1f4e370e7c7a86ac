"""When a card comes back: FSRS, fuzz, replay of the log, and the order of a study day. No SQL."""

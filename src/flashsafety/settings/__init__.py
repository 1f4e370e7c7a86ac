"""What a learner may choose: one table of settings, their file, and how they come into force."""

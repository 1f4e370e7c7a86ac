"""``lint``: the bank's files checked."""

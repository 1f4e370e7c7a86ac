"""The bank: YAML files to notes and cards, and what is wrong with them."""

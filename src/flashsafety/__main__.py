"""``python -m flashsafety``."""

from flashsafety.cli.app import main

main()

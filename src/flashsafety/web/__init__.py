"""A terminal app as a page in a browser, on this computer alone."""

"""Bars in block characters, the same in every front end."""

_PARTS = " ▏▎▍▌▋▊▉█"


def lying(length: float) -> str:
    """A bar of so many cells, to an eighth; a value that is not nothing shows."""
    whole, part = divmod(max(1, round(length * 8)) if length > 0 else 0, 8)
    return f"{_PARTS[8] * whole}{_PARTS[part]}".rstrip()

"""Cards that keep being forgotten. Pure."""


def is_leech(lapses: int, threshold: int) -> bool:
    """Whether the lapse just counted should raise the alarm.

    True at the threshold and again after every half of it, so that a card that is not mended is
    named again but not at each lapse. Source: Anki's rule for leeches.

    Args:
        lapses: Lapses of the card, the present one included.
        threshold: Lapses that make a leech; 0 or less switches the alarm off.
    """
    if threshold < 1 or lapses < threshold:
        return False
    return (lapses - threshold) % max(1, threshold // 2) == 0

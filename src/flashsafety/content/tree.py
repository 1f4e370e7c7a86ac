"""Values read from YAML, and beside them the tree of where each one stands."""

from collections.abc import Sequence
from typing import TypeAlias

Value: TypeAlias = "str | tuple[Value, ...] | dict[str, Value]"
"""A YAML value with every scalar as text."""
Place = tuple[int, int]
"""Line and column in the file, from 1."""
Below: TypeAlias = "dict[str, tuple[Place, Tree]] | list[Tree] | None"
"""Of a mapping, the place of each key and the tree of its value; of a list, its items' trees."""
Tree: TypeAlias = "tuple[Place, Below]"
"""Where a value is, and where that which it holds is."""


def find(tree: Tree, path: Sequence[str | int], *, key: bool = False) -> Place:
    """The place of what a path of keys and indexes leads to.

    A path that leads nowhere gives the last thing on it that is there.

    Args:
        tree: Where to begin.
        path: Keys and indexes.
        key: Give the place of the last key, not of its value.
    """
    place, below = tree
    for index, step in enumerate(path, 1):
        if isinstance(below, dict) and isinstance(step, str) and step in below:
            key_place, (place, below) = below[step]
            if key and index == len(path):
                return key_place
        elif isinstance(below, list) and isinstance(step, int) and step < len(below):
            place, below = below[step]
        else:
            break
    return place


def below(tree: Tree, key: str) -> Tree:
    """The tree of the value of a key that a mapping has."""
    keys = tree[1]
    assert isinstance(keys, dict)
    return keys[key][1]

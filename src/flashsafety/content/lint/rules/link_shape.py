"""A link leads to a whole web address.

The address is looked at and never opened: nothing here uses the network.

Source: RFC 3986, section 4.3.
"""

import re
from collections.abc import Iterator

from flashsafety.content.lint.finding import Finding
from flashsafety.content.lint.prose import texts
from flashsafety.content.notes import AnyNote

NAME = "link-shape"
BAD = """
type: question
prompt: |
  What is the [MNIST](www.example.org/mnist) data set?
answer: |
  Images of digits.
"""
GOOD = """
type: question
prompt: |
  What is the [MNIST](https://example.org/mnist) data set?
answer: |
  Images of digits.
"""

_LINK = re.compile(r"(?<![\\!])\[[^\]\n]+\]\(([^)\n]*)\)")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?")


def check(note: AnyNote) -> Iterator[Finding]:
    """Look at the address of every Markdown link."""
    for key, index, text in texts(note):
        for address in _LINK.findall(text) if "](" in text else ():
            if not _ADDRESS.fullmatch(address.strip()):
                yield Finding(
                    key,
                    f'"{address}" is no web address',
                    "write it whole, as https://example.org/page",
                    index=index,
                    words=address,
                )

"""Who may come in: whoever has this run's link, from the page itself, by this computer's own name.

A port of this computer is within reach of every web page that its user has open, and of everybody
who is logged in. Three checks stand against that: the token against strangers, ``Host`` against a
page whose own name was made to point here (DNS rebinding), ``Origin`` against a page from elsewhere
that opens a websocket, to which no browser objects.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from hmac import compare_digest

HOST = "127.0.0.1"
"""Where the server listens: within reach of no other computer."""
_TOKEN, _ROOM = 32, 12
"""Random bytes of each."""


class Door:
    """The secrets of one run, and the checks of every request."""

    def __init__(self, port: int, entropy: Callable[[int], bytes]) -> None:
        """Draw the secrets.

        Args:
            port: Where the server listens.
            entropy: Gives that many random bytes.
        """
        self._token = _words(entropy(_TOKEN))
        # Cookies know no ports: a browser gives those of 127.0.0.1 to whatever else is served
        # there. They do know paths, and this one nobody else can guess.
        self.room = f"/{_words(entropy(_ROOM))}/"
        """The path that everything stands under."""
        self._host = f"{HOST}:{port}"
        self._origin = f"http://{self._host}"

    @property
    def link(self) -> str:
        """What the user opens."""
        return f"{self._origin}{self.room}?token={self._token}"

    @property
    def cookie(self) -> str:
        """What a browser that came by the link shows from then on."""
        return self._token

    def admits(
        self, token: str, *, hosts: Sequence[str], origins: Sequence[str], websocket: bool
    ) -> bool:
        """Whether a request may come in.

        Args:
            token: What it shows; empty when it shows nothing.
            hosts: Its ``Host`` headers.
            origins: Its ``Origin`` headers. Browsers send none for pages and files of one's own.
            websocket: It is to become a websocket, for which every browser sends an origin.
        """
        # As bytes, for in a text that is not ASCII the comparison would fail instead.
        known = compare_digest(token.encode(errors="replace"), self._token.encode())
        from_here = list(origins) == [self._origin] or not (origins or websocket)
        return known and from_here and list(hosts) == [self._host]


def _words(secret: bytes) -> str:
    return urlsafe_b64encode(secret).rstrip(b"=").decode()

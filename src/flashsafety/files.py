"""Writing files so that a crash leaves the old one or the new one, never half of either."""

import os


def write_whole(path: str, data: bytes) -> None:
    """Replace a file in one step, readable by its owner only; makes its folder when missing."""
    folder = os.path.dirname(path)
    make_private_folder(folder)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def make_private_folder(path: str) -> None:
    """Create a folder (and its parents) that only its owner may enter."""
    os.makedirs(path, mode=0o700, exist_ok=True)

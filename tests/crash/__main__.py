"""The crash campaign: ``python -m tests.crash [--faults N] [--seed S] [--only NAME]``.

Every operation meets every kind of fault at points drawn from all that it has; after each the file
must open, hold every acknowledged rating once, and agree with its log. On Linux, with a C compiler.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run the campaign; returns how many faults broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--only", help="one operation, or 'torn copies'")
    parser.add_argument("--careless", action="store_true", help="let SQLite never wait for a disk")
    asked = parser.parse_args()
    if "faults.so" not in os.environ.get("LD_PRELOAD", ""):
        _start_again_with_faults()
    from tests.crash.campaign import Campaign  # not before the shim is loaded

    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(asked.seed)
        campaign = Campaign(Path(folder).resolve(), chance, careless=asked.careless)
        return campaign.run(asked.faults, asked.only)


def _start_again_with_faults() -> None:
    folder = tempfile.mkdtemp()
    shim = f"{folder}/faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", shim, str(source), "-ldl"], check=True)
    environ = {**os.environ, "LD_PRELOAD": shim}
    done = subprocess.run([sys.executable, "-m", "tests.crash", *sys.argv[1:]], env=environ)
    shutil.rmtree(folder)
    raise SystemExit(done.returncode)


if __name__ == "__main__":
    raise SystemExit(main())

"""A real SearXNG for the tests, in an environment of its own inside the first: a process beside, never imported.

It is under the AGPL, therefore no dependency of the product nor of its development: its lock file is its own.
"""

import shutil
import sys

import console
import environment
import stamps

_FOLDER = stamps.VENV / "searxng"
_LOCK = stamps.ROOT / "requirements-searxng.lock"


def prepare() -> None:
    """Install it unless this Python has this very set there."""
    wanted = stamps.digest("searxng", sys.version, files=[_LOCK])
    python = _FOLDER / "bin" / "python"
    if stamps.is_done("searxng", wanted) and python.exists():
        return
    with console.step("SearXNG, in an environment of its own, for the tests (hashes checked)"):
        shutil.rmtree(_FOLDER, ignore_errors=True)
        console.run([sys.executable, "-m", "venv", "--without-pip", _FOLDER])
        environment.pip("--only-binary", ":all:", "--require-hashes", "-r", _LOCK, into=python)
    stamps.mark_done("searxng", wanted)

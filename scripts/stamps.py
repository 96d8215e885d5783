"""Remembers what each step was done with, so that it is done again only when that changes.

A stamp is a digest of contents, not a date: a fresh checkout of the same files repeats nothing.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
_FOLDER = VENV / "stamps"


def digest(*words: str, files: Iterable[Path] = ()) -> str:
    """Return the digest of some words and of the contents of some files."""
    hasher = hashlib.sha256("\0".join((str(ROOT), *words)).encode())
    for path in sorted(files):
        hasher.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


def is_done(step: str, wanted: str) -> bool:
    """Tell whether `step` was last done with `wanted`."""
    return _read(step)[0] == wanted


def note(step: str) -> str:
    """Return what was noted when `step` was done."""
    return _read(step)[1]


def mark_done(step: str, done: str, *, note: str = "") -> None:
    """Remember what `step` was done with, and a note on what it gave."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / step).write_text(f"{done}\n{note}")


def _read(step: str) -> tuple[str, str]:
    path = _FOLDER / step
    done, _, noted = path.read_text().partition("\n") if path.is_file() else ("", "", "")
    return done, noted

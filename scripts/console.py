"""Tells what is being done and how long it took; a command's own output is shown only when it fails."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_SHOWN_LINES = 40


class StepFailed(Exception):
    """A step did not succeed; the message says what to do."""


def say(words: str) -> None:
    """Print one line at once."""
    print(words, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, then its end with its duration."""
    say(f"→ {title}")
    started = time.monotonic()
    yield
    say(f"  {title}: done in {time.monotonic() - started:.0f} s")


def run(command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    """Run a command without input; raise `StepFailed` with the end of its output when it fails."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode == 0:
            return
        output.seek(0)
        lines = output.read().decode(errors="replace").splitlines()[-_SHOWN_LINES:]
    raise StepFailed("\n".join([*lines, f"`{' '.join(str(part) for part in command)}` failed ({done.returncode})."]))


def fail(words: str) -> int:
    """Print why nothing more can be done; return the exit code."""
    print(f"\n{words}", file=sys.stderr, flush=True)
    return 1

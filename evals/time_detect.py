"""Times the detectors of answers on a streamed text, and tells where the time goes: `python -m evals.time_detect`.

Processor time per token of 4 characters, masking included, as `chat.screening` runs them: the least of some rounds, so
that other work of the machine counts little. `dense` is nothing but personal data and keys; `prose` is our own pages.
"""

import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from chatelet.policy.guardrails.masking import SecretMask
from chatelet.policy.guardrails.streaming import DetectorStream

_HERE: Final = Path(__file__).parent
_PAGES: Final = ("docs/use", "docs/howto")
_TOKEN: Final = 4
_CHARACTERS: Final = 80_000
_ROUNDS: Final = 7


def _dense() -> str:
    lines = [(_HERE / "detect" / name).read_text("utf-8").splitlines() for name in ("pii.jsonl", "secrets.jsonl")]
    texts = [msgspec.json.decode(line)["text"] for file in lines for line in file]
    return "\n".join(texts)[:_CHARACTERS]


def _prose() -> str:
    pages = [path for folder in _PAGES for path in sorted((_HERE.parent / folder).glob("*.md"))]
    return "\n".join(path.read_text("utf-8") for path in pages)[:_CHARACTERS]


def _watched(tokens: list[str]) -> None:
    stream, mask = DetectorStream(), SecretMask()
    for token in tokens:
        stream.feed(token)
        mask.feed(token)
    stream.flush()
    mask.flush()


def _masked(tokens: list[str]) -> None:
    mask = SecretMask()
    for token in tokens:
        mask.feed(token)
    mask.flush()


def _least(work: Callable[[list[str]], None], tokens: list[str]) -> float:
    """Return microseconds of processor a token."""
    rounds: list[float] = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work(tokens)
        rounds.append(time.process_time() - began)
    return min(rounds) / len(tokens) * 1e6


def main() -> None:
    """Print both texts' figures; with `--profile`, where the dense one spends its time."""
    for name, text in (("prose", _prose()), ("dense", _dense())):
        tokens = [text[at : at + _TOKEN] for at in range(0, len(text), _TOKEN)]
        _watched(tokens)
        whole, mask = _least(_watched, tokens), _least(_masked, tokens)
        sys.stdout.write(f"{name}: {whole:.1f} µs a token, of which masking {mask:.1f}\n")
        if "--profile" in sys.argv and name == "dense":
            profile = cProfile.Profile()
            profile.runcall(_watched, tokens)
            pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()

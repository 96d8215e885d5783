"""Texts written by hand, what is to be found in them marked `[[type|value]]`, `@sort` standing for a value to make."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\](?!\])", re.DOTALL)
_PLACE = re.compile(r"@(\w+)")


def records(path: Path, makers: dict[str, Callable[[], str]]) -> Iterator[dict[str, object]]:
    """Give the records of a file, its texts separated by lines of `%%`."""
    for number, block in enumerate(path.read_text("utf-8").split("\n%%\n")):
        yield record(f"written-{number:03}", block.strip("\n"), makers)


def record(name: str, marked: str, makers: dict[str, Callable[[], str]]) -> dict[str, object]:
    """Return a record from a marked text; `‖` (which keeps keys from looking like keys) is removed."""
    text, spans, after = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[after : found.start()].replace("‖", "")
        value = found[2].replace("‖", "")
        made = _PLACE.fullmatch(value)
        value = makers[made[1]]() if made and made[1] in makers else value
        spans.append({"start": len(text), "end": len(text) + len(value), "type": found[1], "value": value})
        text += value
        after = found.end()
    text += marked[after:].replace("‖", "")
    return {"id": name, "text": text, "spans": spans}

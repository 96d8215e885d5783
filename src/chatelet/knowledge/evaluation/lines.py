"""Files of JSON lines, read with the place of what is wrong in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from chatelet.kernel.errors import AppError


class WrongLine(AppError):
    """A line of an evaluation file cannot be used."""

    code = "wrong_line"
    status = 422

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(line=line)
        self.sentence = f"{file}: line {line}: {reason}"

    def __str__(self) -> str:
        return self.sentence


class Entry(msgspec.Struct, frozen=True):
    """A passage of a corpus."""

    id: str
    text: str
    title: str = ""


class Query(msgspec.Struct, frozen=True):
    """Something to look for."""

    id: str
    text: str
    lang: str = ""


def read_corpus(file: Path) -> list[Entry]:
    """Return the passages of a file; raise `WrongLine`."""
    entries: list[Entry] = []
    seen: set[str] = set()
    for line, said in _objects(file):
        identifier = _new(_word(said, "id", file, line), seen, file, line)
        entries.append(Entry(identifier, _word(said, "text", file, line), _word(said, "title", file, line, default="")))
    return entries


def read_queries(file: Path) -> list[Query]:
    """Return the queries or questions (`text`, or `question`) of a file; raise `WrongLine`."""
    queries: list[Query] = []
    seen: set[str] = set()
    for line, said in _objects(file):
        name = "question" if "question" in said and "text" not in said else "text"
        language = _word(said, "lang", file, line, default="")
        identifier = _new(_word(said, "id", file, line), seen, file, line)
        queries.append(Query(identifier, _word(said, name, file, line), language))
    return queries


def _objects(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                said = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise WrongLine(file, number, f"this is not JSON ({error})") from None
            if not isinstance(said, dict):
                raise WrongLine(file, number, "an object is expected")
            yield number, said


def _word(said: dict[str, Any], name: str, file: Path, line: int, default: str | None = None) -> str:
    value = said.get(name, default)
    if value is None and default is not None:
        return default
    if isinstance(value, int) and name == "id" and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise WrongLine(file, line, f"`{name}` is missing" if value is None else f"`{name}` is not a text")
    if name == "id" and (not value or any(character.isspace() for character in value)):
        raise WrongLine(file, line, "`id` is empty or has spaces, which the run file cannot hold")
    return value


def _new(identifier: str, seen: set[str], file: Path, line: int) -> str:
    if identifier in seen:
        raise WrongLine(file, line, f"`id` {identifier} was given before")
    seen.add(identifier)
    return identifier

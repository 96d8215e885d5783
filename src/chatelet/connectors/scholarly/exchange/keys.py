"""Names of works in a bibliography: `lefevre2023fairness`, told apart by a letter when two are the same."""

from collections.abc import Iterable
from typing import Final

from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Author, Record

_SMALL: Final = frozenset(
    "a an and as at by de des du en et for from in into la le les l d of on or sur the to un une with".split()
)


def keys_of(records: Iterable[Record]) -> list[str]:
    """Return a key for each record, in order, none twice."""
    used: set[str] = set()
    keys: list[str] = []
    for record in records:
        base = _base(record)
        letters = ("", *(chr(ord("a") + at) for at in range(26)), *(str(at) for at in range(27, 100_000)))
        key = next(base + letter for letter in letters if base + letter not in used)
        used.add(key)
        keys.append(key)
    return keys


def _base(record: Record) -> str:
    author = _ascii(family_of(record.authors[0])) if record.authors else ""
    words = [word for word in folded(record.title or "").split() if word not in _SMALL and word.isascii()]
    return (author or "anon") + str(record.year or "") + (words[0] if words else "")


def _ascii(text: str) -> str:
    return "".join(char for char in folded(text) if char.isascii() and char.isalnum())


def family_of(author: Author) -> str:
    """Return the family name, or the last word of a name that no source parted."""
    if author.family:
        return author.family
    family, comma, _given = author.name.partition(",")
    return family if comma else author.name.split()[-1]


def inverted(author: Author) -> str:
    """Return `Family, Given` when a source parts them, the name as told otherwise."""
    return f"{author.family}, {author.given}" if author.family and author.given else author.family or author.name

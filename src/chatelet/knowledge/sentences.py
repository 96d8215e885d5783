"""Where sentences begin and end, in French and in English, as positions in the text.

A point ends a sentence when what follows may begin one, and when it does not close an abbreviation (« M. », « art. »,
"Fig."), an initial, or a number of a list.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.knowledge.analysis import plain

_ABBREVIATIONS: Final = frozenset(
    """
    al app arr art av ave bd bull ca cap cf ch chap coll cf col dr ed eds env etc ex fig figs fol hab ibid id inc jr ltd
    m me mgr mlle mm mme mmes mr mrs ms mt no nos nr obs op p par pp prof qv r ref resp sec sect sq ss st ste suiv sup
    tab tel trad univ v vol vs
    """.split()
)
_END: Final = re.compile(
    r"""
    [.!?…]+[\"»”’)\]]*(?:\s?\[\d+\])*(?=\s|$)   # marks, what closes with them, references to notes
    | \n\s*\n                                   # an empty line
    | \n(?=\s*(?:[-•*–]|\d+[.)])\s)              # an item of a list
    """,
    re.VERBOSE,
)
_BEGINNING: Final = re.compile(r"\s*[\"«“‘'(\[–—-]*\s*[A-ZÀ-ÝŒ0-9«“•]")
_LAST_WORD: Final = re.compile(r"[\w°]+$")


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return the positions (end excluded) of each sentence, without the spaces between them."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in (*_ends_of(text), len(text)):
        begins, ends = _trimmed(text, start, end)
        if begins < ends:
            found.append((begins, ends))
        start = end
    return found


def _ends_of(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if "\n" in match[0] or _closes(text, match):
            yield match.end()


def _closes(text: str, match: re.Match[str]) -> bool:
    if not _BEGINNING.match(text, match.end()):
        return False
    if match[0] != ".":
        return True
    before = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    if before is None:
        return True
    word = before[0]
    is_initial = len(word) == 1 and word.isalpha() and word.isupper()
    is_list_number = (
        word.isdigit() and len(word) <= 2 and not text[text.rfind("\n", 0, before.start()) + 1 : before.start()].strip()
    )
    return not (is_initial or is_list_number or plain(word) in _ABBREVIATIONS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

"""E-mail addresses, with accents and international domains, also those written so that robots miss them."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_ADDRESS: Final = re.compile(
    r"(?<![\w.!#$%&*+/=?^`{|}~@-])([\w!#$%&*+/=?^{|}~-][\w.!#$%&'’*+/=?^{|}~-]{0,63})\s?@\s?"
    r"((?:\[(?:\d{1,3}\.){3}\d{1,3}\])|(?:\w(?:[\w-]{0,61}\w)?\.){1,8}(?:xn--[a-z0-9-]{1,30}|[^\W\d_]{2,24}))(?![\w-])"
)
_AT: Final = r"\s{0,2}(?:[\[({<]\s?(?:at|arobas[e]?|arrobase|chez|a|à|@)\s?[\])}>]|\s(?:AT|arobase)\s)\s{0,2}"
_DOT: Final = r"(?:\s{0,2}[\[({<]\s?(?:dot|point|pt|\.)\s?[\])}>]\s{0,2}|\s(?:DOT|point)\s|\.)"
_HIDDEN: Final = re.compile(
    rf"(?<![\w.-])[\w+-]{{1,30}}(?:(?:\."
    rf"|{_DOT})[\w+-]{{1,30}}){{0,3}}{_AT}[\w-]{{1,40}}(?:{_DOT}[\w-]{{2,24}}){{1,4}}(?!\w)",
    re.IGNORECASE,
)
_MAY_HIDE: Final = (
    "(at",
    "[at",
    "{at",
    "<at",
    "( at",
    "[ at",
    " at ",
    "arobas",
    "arrobas",
    "(chez",
    "[chez",
    "(a)",
    "[a]",
    "(@",
    "[@",
)
_FILES: Final = frozenset(
    "png jpg jpeg gif svg webp ico css js ts py json html service timer target socket mount slice md txt".split()
)
_NOT_A_PERSON: Final = re.compile(
    r"(?:://[^\s/]{0,80}|(?:message-id|references|in-reply-to|content-id)\s?:[^\n]{0,200})$", re.IGNORECASE
)
_REMOTE: Final = re.compile(r":(?!//)[\w~.-]{1,60}/")


def find_emails(reading: Reading) -> Iterator[Span]:
    """Give the addresses; not those of repositories, of files and of messages themselves."""
    text = reading.text
    if "@" in text:
        for found in _ADDRESS.finditer(text):
            if _is_address(text, found):
                yield Span(found.start(), found.end(), "email")
    if reading.holds(_MAY_HIDE):
        for found in _HIDDEN.finditer(text):
            yield Span(found.start(), found.end(), "email")


def _is_address(text: str, found: re.Match[str]) -> bool:
    domain, spaced = found[2], found[0] != f"{found[1]}@{found[2]}"
    if domain.rsplit(".", 1)[-1].lower() in _FILES or found[1].endswith("."):
        return False
    if spaced and ("\n" in found[0] or not domain.islower()):
        return False
    if _REMOTE.match(text, found.end()) and found[1] in {"git", "hg", "svn"}:
        return False
    before = text[max(0, found.start() - 220) : found.start()].rsplit("\n", 1)[-1]
    return not _NOT_A_PERSON.search(before)

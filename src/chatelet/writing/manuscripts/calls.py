"""Calls of references in the body of a draft: `[3, 7–9]`, `(Niu et al., 2021 ; Bourdieu, 1979)`, `Guo (2022)`, keys.

A call says what it names, not which reference that is (`pairing`). What may be something else than a call (a year
between brackets after a town) is only one when the list has such a name, or when the draft calls so elsewhere.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from chatelet.writing.manuscripts.targets import Call, Target, numbers_of

_YEAR: Final = r"(?:1[4-9]|20)\d{2}[a-z]?"
_PARTICLE: Final = r"(?:(?:[Dd]['’]|(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e|[Dd]u|[Dd]i|[Ll]a|[Ll]e|El|Al|Ben)[ -]))*"
_NAME: Final = rf"{_PARTICLE}[A-ZÀ-ÖØ-Þ][\w'’‐-]+(?:[ -][A-ZÀ-ÖØ-Þ][\w'’‐-]+){{0,2}}"
_NAMES: Final = (
    rf"{_NAME}(?:,? (?:et al\.?|et collab\.?|and colleagues|et coll\.?)|(?:, {_NAME}){{0,4}},? (?:et|and|&) {_NAME})?"
)
_NUMBERS: Final = re.compile(
    r"\[\s*(\d{1,3}(?:\s*[-–—,;]\s*\d{1,3})*)(?:\s*,\s*(?:pp?|chap|fig|sec|§)\.?\s*[^\[\]]{1,20})?\s*\]"
)
_BRACKETS: Final = re.compile(rf"[(\[]([^()\[\]]{{2,400}}?\b{_YEAR}\b[^()\[\]]{{0,80}})[)\]]")
_TOLD: Final = re.compile(
    rf"(?P<names>{_NAMES})\s*[(\[]\s*(?P<years>{_YEAR}(?:\s*[,;]\s*{_YEAR})*)(?:\s*[,:][^()\[\]]{{1,30}})?[)\]]"
)
_PIECE: Final = re.compile(rf"(?P<names>{_NAMES}),?\s+(?P<years>{_YEAR}(?:\s*(?:,|et|and|&)\s*(?:{_YEAR}|[a-z]\b))*)")
_SQUARED: Final = re.compile(r"\[([^\[\]]{1,400})\]")
_AT_KEY: Final = re.compile(r"(?<![\w@.])@([\w:.#$%&+?<>~/-]*\w)")
_NO_NAMES: Final = frozenset(
    "janvier fevrier février mars avril mai juin juillet aout août septembre octobre novembre decembre décembre january"
    " february march april may june july august september october november december figure fig table tableau article"
    " art loi décret directive annexe section chapitre chapter version isbn issn printemps automne hiver été spring"
    " summer autumn winter depuis since entre between vers".split()
)


def calls_of(body: str, *, keys: Collection[str] = ()) -> list[Call]:
    """Return the calls of a body, in order, none over another."""
    found: list[Call] = []
    taken: set[int] = set()
    sources = (_keyed(body, keys) if keys else _numbered(body), _of_pandoc(body), _told(body), _bracketed(body))
    for source in sources:
        for call in source:
            if call.targets and call.start not in taken and call.end - 1 not in taken:
                taken.update(range(call.start, call.end))
                found.append(call)
    return sorted(found, key=lambda call: call.start)


def _numbered(body: str) -> Iterator[Call]:
    for found in _NUMBERS.finditer(body):
        targets = tuple(Target(label=one) for one in numbers_of(found[1]))
        yield Call(found.start(), found.end(), found[0], targets)


def _keyed(body: str, keys: Collection[str]) -> Iterator[Call]:
    for found in _SQUARED.finditer(body):
        parts = [part.strip() for part in found[1].split(",")]
        if all(part in keys for part in parts):
            yield Call(found.start(), found.end(), found[0], tuple(Target(label=part) for part in parts))


def _of_pandoc(body: str) -> Iterator[Call]:
    for found in _SQUARED.finditer(body):
        if named := _AT_KEY.findall(found[1]):
            yield Call(found.start(), found.end(), found[0], tuple(Target(label=one) for one in named))


def _told(body: str) -> Iterator[Call]:
    """Names that are part of the sentence: only the years between brackets are replaced."""
    for found in _TOLD.finditer(body):
        if found["names"].split()[0].lower() not in _NO_NAMES:
            targets = tuple(Target(names=found["names"], year=year) for year in re.findall(_YEAR, found["years"]))
            yield Call(found.end("names"), found.end(), found[0], targets)


def _bracketed(body: str) -> Iterator[Call]:
    for found in _BRACKETS.finditer(body):
        targets: list[Target] = []
        for piece in found[1].split(";"):
            for one in _PIECE.finditer(piece):
                if one["names"].split()[0].lower() not in _NO_NAMES:
                    targets += [Target(names=one["names"], year=year) for year in _years(one["years"])]
        yield Call(found.start(), found.end(), found[0], tuple(targets))


def _years(written: str) -> list[str]:
    """Return `2020a` and `2020b` from `2020a, b`."""
    years: list[str] = []
    for one in re.findall(rf"{_YEAR}|\b[a-z]\b", written):
        years.append(one if one[0].isdigit() else years[-1][:4] + one)
    return years

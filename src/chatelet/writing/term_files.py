"""Glossaries as files: CSV (two columns, or one for each language) and TBX; translation memories as TMX.

A file of either XML format often names its document type without defining anything in it: that alone is let pass.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.parsing.xml import Node, local, tree
from chatelet.writing.errors import GlossaryUnreadable
from chatelet.writing.task import Term
from chatelet.writing.tongues import NAMES

MOST_TERMS: Final = 50_000
_LONGEST: Final = 500
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BARE_TYPE: Final = re.compile(r"<!DOCTYPE\s+\w+(?:\s+(?:SYSTEM|PUBLIC)(?:\s+(?:\"[^\"\[<>]*\"|'[^'\[<>]*'))*)?\s*>")
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SOURCE_NAMES: Final = frozenset({"source", "terme", "term", "origine"})
_TARGET_NAMES: Final = frozenset({"target", "cible", "traduction", "translation"})
_FORBIDDEN_NAMES: Final = frozenset({"forbidden", "interdit", "interdits"})
_NOTE_NAMES: Final = frozenset({"note", "remarque", "comment", "commentaire"})
_CASE_NAMES: Final = frozenset({"case", "casse"})


class Unit(NamedTuple):
    """A segment and its translation, as a memory keeps them."""

    source: str
    target: str


def read_terms(data: bytes, source: str, target: str) -> list[Term]:
    """Return the terms of a glossary for two languages. Raises `GlossaryUnreadable`."""
    terms = (
        _of_tbx(data, source, target)
        if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
        else _of_csv(data, source, target)
    )
    found = {(term.source, term.target): term for term in terms}
    if not found or len(found) > MOST_TERMS:
        raise GlossaryUnreadable(line=0)
    return list(found.values())


def read_memory(data: bytes, source: str, target: str) -> list[Unit]:
    """Return the segments of a TMX file for two languages. Raises `GlossaryUnreadable`."""
    units: list[Unit] = []
    for node in _tree(data).iter():
        if local(node) != "tu":
            continue
        said = {_language(one): _text(one, "seg") for one in node if local(one) == "tuv"}
        if said.get(source) and said.get(target):
            units.append(Unit(said[source], said[target]))
    if not units:
        raise GlossaryUnreadable(line=0)
    return units


def write_memory(units: Iterable[Unit], source: str, target: str) -> Iterator[str]:
    """Yield a TMX file (1.4b), piece by piece."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="Châtelet"'
        ' creationtoolversion="1" segtype="paragraph" o-tmf="chatelet" adminlang="fr"'
        f' srclang={quoteattr(source)} datatype="plaintext"/><body>\n'
    )
    for unit in units:
        said = "".join(
            f"<tuv xml:lang={quoteattr(language)}><seg>{escape(text)}</seg></tuv>"
            for language, text in ((source, unit.source), (target, unit.target))
        )
        yield f"<tu>{said}</tu>\n"
    yield "</body></tmx>\n"


def _of_csv(data: bytes, source: str, target: str) -> Iterator[Term]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    columns, has_head = _columns(rows[0] if rows else [], source, target)
    for line, row in enumerate(rows[has_head:], start=1 + has_head):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        term = _term(cells, columns)
        if term is None:
            raise GlossaryUnreadable(line=line)
        yield term


def _columns(head: Sequence[str], source: str, target: str) -> tuple[dict[str, int], bool]:
    """Return where each thing stands, and whether the first line says so."""
    names = [cell.strip().casefold() for cell in head]
    places = {"source": 0, "target": 1, "forbidden": 2}
    is_named = False
    for place, name in enumerate(names):
        for wanted, known, code in (
            ("source", _SOURCE_NAMES, source),
            ("target", _TARGET_NAMES, target),
            ("forbidden", _FORBIDDEN_NAMES, ""),
            ("case", _CASE_NAMES, ""),
            ("note", _NOTE_NAMES, ""),
        ):
            if name in known or (code and name.replace("_", "-").partition("-")[0] == code):
                places[wanted] = place
                is_named = True
    languages = {name.replace("_", "-").partition("-")[0] for name in names} & NAMES.keys()
    if len(languages) > 1 and not {source, target} <= languages:
        raise GlossaryUnreadable(line=1)
    return places, is_named


def _term(cells: Sequence[str], columns: dict[str, int]) -> Term | None:
    said = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    if not said["source"] or any(len(cell) > _LONGEST for cell in said.values()):
        return None
    forbidden = tuple(word.strip() for word in said["forbidden"].split("|") if word.strip())
    return Term(
        said["source"], said["target"] or said["source"], forbidden, bool(said.get("case")), said.get("note", "")
    )


def _of_tbx(data: bytes, source: str, target: str) -> Iterator[Term]:
    """Read terms of both generations of TBX: `termEntry`, `langSet` and `conceptEntry`, `langSec`."""
    for entry in _tree(data).iter():
        if local(entry) not in {"termEntry", "conceptEntry"}:
            continue
        said: dict[str, list[tuple[str, bool]]] = {}
        for section in entry:
            if local(section) in {"langSet", "langSec"}:
                said.setdefault(_language(section), []).extend(_terms_of(section))
        wanted = [text for text, is_refused in said.get(target, []) if not is_refused]
        refused = tuple(text for text, is_refused in said.get(target, []) if is_refused)
        for text, _ in said.get(source, []):
            if wanted:
                yield Term(text, wanted[0], refused)


def _terms_of(section: Node) -> Iterator[tuple[str, bool]]:
    for group in section.iter():
        if local(group) in {"tig", "ntig", "termSec"}:
            text = _text(group, "term")
            status = " ".join(
                (one.text or "") for one in group.iter() if local(one) in {"termNote", "administrativeStatus"}
            )
            if text and len(text) <= _LONGEST:
                yield text, "deprecated" in status or "forbidden" in status or "superseded" in status


def _tree(data: bytes) -> Node:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = _DECLARATION.sub("", _BARE_TYPE.sub("", text, count=1), count=1)
    try:
        return tree(text.encode(), Limits())
    except NotRead as error:
        raise GlossaryUnreadable(line=0) from error


def _language(node: Node) -> str:
    told = node.get(_XML_LANG) or node.get("lang") or ""
    return told.replace("_", "-").partition("-")[0].lower()


def _text(node: Node, name: str) -> str:
    found = next((one for one in node.iter() if local(one) == name), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""

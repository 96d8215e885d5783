"""A draft as a file, into its body and the entries of its list: what opens a file is the closed reader, always.

LaTeX, BibTeX and RIS keep their own text: keys and fields say more than a page. Anything else is read as any file is;
the list stands under its heading, by blocks or by the lines of a page.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatelet.connectors.scholarly.errors import ReferencesNotUnderstood
from chatelet.connectors.scholarly.references import extraction
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.documents.errors import FileQuarantined, FileUnreadable
from chatelet.documents.parsing.document import ParsedDocument, Status
from chatelet.documents.parsing.encodings import decoded, is_text
from chatelet.documents.parsing.joined import joined
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.services import DocumentServices
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.sensitivity import Label, Level
from chatelet.writing.manuscripts import listing, project

_SOURCES: Final = ("tex", "ltx", "latex", "bbl", "bib", "ris")
_PLAIN: Final = ("txt", "text", "md", "markdown", "qmd", "rmd", "")
_LIST: Final = re.compile(r"\\begin\{thebibliography\}.*?(?:\\end\{thebibliography\}|\Z)", re.DOTALL)
_ENTRIES: Final = re.compile(r"^\s*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_KEYS: Final = re.compile(r"\\[A-Za-z]*[cC]ite[A-Za-z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{([^{}]*)\}")
_ALL: Final = re.compile(r"\\nocite\s*\{\s*\*\s*\}")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft taken apart. `keys`: what its LaTeX cites; `left_out`: lines of its list that are no reference.

    `whole`: a text whose lines may each be a reference or not, for want of a heading; its body is then empty.
    """

    body: str
    references: tuple[Reference, ...]
    left_out: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    calls_all: bool = False
    has_heading: bool = True
    whole: str = ""


async def read(services: DocumentServices, data: bytes, name: str) -> Manuscript:
    """Read a draft with its references. Raises `ReferencesNotUnderstood`, and what reading a file raises."""
    found = await part(services, data, name)
    if not found.references:
        raise ReferencesNotUnderstood
    return found


async def part(services: DocumentServices, data: bytes, name: str) -> Manuscript:
    """Read a draft, which may have no reference yet. Raises what reading a file raises."""
    if services.scan is not None:
        await services.scan(data)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if project.is_archive(data, extension):
        source = await _of_project(data)
        if source is not None:
            data, extension = source.encode(), "tex"
    if extension in _SOURCES and is_text(data):
        return await _of_source(services, decoded(data), extension)
    if extension in _PLAIN and is_text(data):
        await _document(services, data, name or "draft.txt")  # its label, as for any file
        return await asyncio.to_thread(_of_text, decoded(data))
    return await asyncio.to_thread(_of_document, await _document(services, data, name))


async def _of_project(data: bytes) -> str | None:
    """Return the source of a project, None when the archive holds none: then it is read as any other."""
    try:
        return await asyncio.to_thread(project.source_of, data)
    except NotRead as error:
        raise FileUnreadable(status=error.status.value, code=error.finding.code) from None


async def _of_source(services: DocumentServices, text: str, extension: str) -> Manuscript:
    references = tuple(await asyncio.to_thread(_references, text))
    if extension not in ("tex", "ltx", "latex"):
        return Manuscript("", references)
    before = _ENTRIES.split(_LIST.sub("", text), maxsplit=1)[0]
    document = await _document(services, before.encode(), "draft.tex") if before.strip() else None
    keys = (key.strip() for cited in _KEYS.findall(before) for key in cited.split(","))
    return Manuscript(
        document.text if document else "",
        tuple(_numbered(references)),
        keys=frozenset(key for key in keys if key and key != "*"),
        calls_all=_ALL.search(before) is not None,
    )


def _of_text(text: str) -> Manuscript:
    has_heading = any(extraction.heads_list(line) for line in text.splitlines())
    references = _references(text)
    numbered = tuple(_numbered(references))
    if references and not has_heading:
        return Manuscript("", numbered, has_heading=False, whole=text)
    return Manuscript(extraction.body_of(text), numbered, has_heading=has_heading)


def _references(text: str) -> list[Reference]:
    try:
        return extraction.extract(text)
    except ReferencesNotUnderstood:
        return []


def _of_document(document: ParsedDocument) -> Manuscript:
    parted = listing.part(document)
    references, left_out = extraction.of_lines(parted.entries, sure=parted.has_heading)
    return Manuscript(
        parted.body, tuple(_numbered(references)), tuple(left_out[:50]), has_heading=parted.has_heading
    )  # fmt: skip


def _numbered(references: Sequence[Reference]) -> list[Reference]:
    """Give each reference of a list without numbers the one of its place: drafts call it so."""
    if any(one.label for one in references):
        return list(references)
    return [replace(one, label=str(place)) for place, one in enumerate(references, 1)]


async def _document(services: DocumentServices, data: bytes, name: str) -> ParsedDocument:
    document = joined(await services.reader.read(data, name, lambda _step, _page, _pages: None))
    told = document.report.sensitivity
    if told is not None and told.verdict == Verdict.QUARANTINE:
        raise FileQuarantined(markings=" ".join(sorted(told.found)))
    if told is not None:
        check_ceiling(Label.of(told.level, told.categories), Level(services.settings.policy.highest_level))
    if document.report.status not in (Status.READ, Status.PARTIAL):
        findings = document.report.findings
        raise FileUnreadable(status=document.report.status.value, code=findings[0].code if findings else "no_text")
    return document

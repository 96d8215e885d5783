"""A report as a file: ODT to be read, CSV to be sorted, BibTeX to go on with.

BibTeX holds the works as the sources know them, under the keys of the draft; what was not found is no entry, and said
in a comment, so that nothing invented goes on as a reference.
"""

import csv
import io
from collections.abc import Sequence

from chatelet.connectors.scholarly.exchange import bibtex
from chatelet.documents.composing.blocks import Block, Document, Grid, Heading, Items, Language, Paragraph, words
from chatelet.documents.composing.writing import write
from chatelet.kernel import clock
from chatelet.writing.manuscripts.schemas import ClaimBody, ReportedReference, ReportIn
from chatelet.writing.manuscripts.words import WORDS, Words

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def export(report: ReportIn) -> tuple[bytes, str, str]:
    """Return the file, its type and its extension."""
    match report.format:
        case "odt":
            return write(_document(report), "odt"), "application/vnd.oasis.opendocument.text", "odt"
        case "csv":
            return _csv(report).encode("utf-8-sig"), "text/csv; charset=utf-8", "csv"
        case "bibtex":
            return _bibtex(report).encode(), "application/x-bibtex; charset=utf-8", "bib"


def _csv(report: ReportIn) -> str:
    said = WORDS[report.language]
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(said.columns)
    for place, one in enumerate(report.references):
        work = one.work
        doi = work.identifiers.doi if work else None
        line = [
            one.label or one.key or str(place + 1), one.written, said.verdicts[one.verdict],
            work.title if work else "", str(work.year or "") if work else "", doi or "",
            one.proposal or "", said.uncalled if place in report.uncalled else "",
        ]  # fmt: skip
        rows.writerow([_inert(cell or "") for cell in line])
    return written.getvalue()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _bibtex(report: ReportIn) -> str:
    said = WORDS[report.language]
    known = [(one.work.record(), one) for one in report.references if one.work is not None and _is_sure(one)]
    entries = bibtex.write([record for record, _one in known], keys=[one.key for _record, one in known])
    lost = [one for one in report.references if one.work is None or not _is_sure(one)]
    notes = [f"% {said.verdicts[one.verdict]}: {' '.join(one.written.split()).replace('@', '(at)')}" for one in lost]
    return "\n".join([*notes, "", entries]) if notes else entries


def _is_sure(one: ReportedReference) -> bool:
    return one.verdict not in ("not_found", "unchecked", "retracted")


def _document(report: ReportIn) -> Document:
    said = WORDS[report.language]
    language: Language = report.language
    return Document(
        title=said.title, language=language, made_at=clock.now(), blocks=tuple(_blocks(report, said))
    )  # fmt: skip


def _blocks(report: ReportIn, said: Words) -> list[Block]:
    wrong = [(at, one) for at, one in enumerate(report.references) if one.verdict != "found"]
    blocks: list[Block] = [
        Paragraph(words(said.summary.format(count=len(report.references), wrong=len(wrong)))),
        Paragraph(words(said.about)),
    ]
    if wrong:
        blocks += [Heading(2, words(said.to_review)), _table(wrong, said)]
    if report.absent:
        calls = dict.fromkeys(one.written for one in report.absent)
        blocks += [Heading(2, words(said.absent)), Items(tuple(words(one) for one in calls))]
    if report.uncalled:
        listed = [report.references[at].written for at in report.uncalled if at < len(report.references)]
        blocks += [Heading(2, words(said.never_called)), Items(tuple(words(one) for one in listed))]
    apart = [one for one in report.claims if one.told != "silent" and one.reference < len(report.references)]
    if apart:
        blocks += [Heading(2, words(said.claims)), _claims(apart, report.references, said)]
    right = [one.written for one in report.references if one.verdict == "found"]
    if right:
        blocks += [Heading(2, words(said.found)), Items(tuple(words(one) for one in right))]
    return blocks


def _table(wrong: Sequence[tuple[int, ReportedReference]], said: Words) -> Grid:
    rows = tuple(
        (
            words(one.written),
            words(said.verdicts[one.verdict]),
            words(one.proposal or (one.work.title if one.work and one.work.title else "") or "–"),
        )
        for _at, one in wrong
    )
    return Grid(tuple(words(head) for head in said.heads), rows, (4, 2, 4))


def _claims(claims: Sequence[ClaimBody], references: Sequence[ReportedReference], said: Words) -> Grid:
    rows = tuple(
        (words(one.sentence), words(said.told[one.told]), words(one.extract or references[one.reference].written))
        for one in claims
    )
    return Grid(tuple(words(head) for head in said.claim_heads), rows, (4, 2, 4))

"""The report as a file: DOCX, ODT or Markdown, with its sources as they were read, and the mark of what wrote it.

Only addresses of sources are written: those that were read, or that the record of a work gives.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from chatelet.documents.composing import docx, odt
from chatelet.documents.composing.blocks import (
    AI_NOTICE,
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Publication,
    Run,
    Words,
    words,
)
from chatelet.documents.composing.writing import write
from chatelet.documents.publication import markdown_head
from chatelet.kernel import clock
from chatelet.research.found import Found
from chatelet.research.plan import Plan
from chatelet.research.sealed import Asked, Section, Source

Form = Literal["docx", "odt", "md"]
MEDIA: Final[dict[Form, str]] = {"docx": docx.MEDIA, "odt": odt.MEDIA, "md": "text/markdown; charset=utf-8"}
_TIERS: Final = {
    "fr": {"official": "officiel", "press": "presse", "reference": "référence", "other": "autre"},
    "en": {"official": "official", "press": "press", "reference": "reference", "other": "other"},
}
_WORDS: Final = {
    "fr": {
        "report": "Rapport de recherche", "summary": "En résumé", "nothing": "Rien n’a été trouvé sur ce point.",
        "conflicts": "Ce que les sources disent différemment", "sources": "Sources", "against": "et au contraire",
        "read": "consulté le", "retracted": "RÉTRACTÉ", "abstract": "résumé seul", "page": "page",
        "partial": "Recherche partielle : le budget accordé a été atteint.", "base": "document de l’institution",
    },
    "en": {
        "report": "Research report", "summary": "In short", "nothing": "Nothing was found on this point.",
        "conflicts": "Where sources differ", "sources": "Sources", "against": "on the contrary",
        "read": "read on", "retracted": "RETRACTED", "abstract": "abstract only", "page": "page",
        "partial": "Partial research: what it was allowed to use was used up.", "base": "document of the institution",
    },
}  # fmt: skip
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|])")


def compose(
    asked: Asked,
    plan: Plan,
    held: Found,
    ended: datetime,
    form: Form,
    *,
    partial: bool,
    publication: Publication | None = None,
) -> bytes:
    """Return the file; `publication`: what its person says of it to publish it. For a thread."""
    told = _WORDS[asked.language]
    blocks: list[Block] = [Paragraph(words(told["partial"]))] if partial else []
    if None in held.sections:
        blocks += [Heading(2, words(told["summary"])), *_section(held.sections[None], told["nothing"])]
    for place, item in enumerate(plan.items):
        if place in held.sections:
            blocks += [Heading(2, words(item.question)), *_section(held.sections[place], told["nothing"])]
    blocks += _conflicts(held, told)
    blocks += [Heading(2, words(told["sources"])), *_sources(asked, held, told, ended)]
    title, now = asked.question.splitlines()[0][:200], clock.now()
    if form == "md":
        mark = f"<!-- ai_generated: {AI_NOTICE[asked.language]} -->"
        head = [mark, *markdown_head(publication, now)] if publication else [f"*{AI_NOTICE[asked.language]}.*"]
        return _markdown(title, blocks, head).encode()
    under = (Heading(1, words(title)), *blocks)
    return write(Document(title, asked.language, now, under, mark_ai=True, publication=publication), form)


def _section(section: Section, nothing: str) -> list[Block]:
    if not section.paragraphs:
        return [Paragraph((Run(nothing, italic=True),))]
    return [Paragraph(words(" ".join(_sentence(one) for one in each))) for each in _texts(section)]


def _texts(section: Section) -> list[list[tuple[str, list[int]]]]:
    return [
        [(one.text, sorted({cited.source for cited in one.cited})) for one in paragraph]
        for paragraph in section.paragraphs
    ]


def _sentence(told: tuple[str, Sequence[int]]) -> str:
    text, numbers = told
    return f"{text} {''.join(f'[{number}]' for number in numbers)}" if numbers else text


def _conflicts(held: Found, told: dict[str, str]) -> list[Block]:
    lines: list[Words] = []
    for item, conflicts in sorted(held.conflicts.items()):
        for one in conflicts.found:
            sides = [_quoted(held, item, place.source, place.rank) for place in (one.first, one.second)]
            if all(sides):
                lines.append(words(f"{sides[0]} {told['against']} {sides[1]}"))
    return [Heading(2, words(told["conflicts"])), Items(tuple(lines))] if lines else []


def _quoted(held: Found, item: int, source: int, rank: int) -> str:
    notes = held.notes.get((item, source))
    if notes is None or rank >= len(notes.notes):
        return ""
    note, text = notes.notes[rank], held.sources[source].page.text
    return f"« {' '.join(text[note.start : note.end].split())} » [{source}]"


def _sources(asked: Asked, held: Found, told: dict[str, str], ended: datetime) -> list[Block]:
    cited = {one.source for each in held.sections.values() for line in each.paragraphs for s in line for one in s.cited}
    shown = [source for number, source in sorted(held.sources.items()) if number in cited]
    lines = [words(_reference(one, asked.language, told, ended)) for one in shown]
    return [Paragraph(line) for line in lines]


def _reference(source: Source, language: Literal["fr", "en"], told: dict[str, str], ended: datetime) -> str:
    page = source.page
    parts = [f"[{source.number}] {page.title or page.site}"]
    parts += [", ".join(source.authors[:6])] if source.authors else [page.author] if page.author else []
    if source.where == "bases":
        parts.append(told["base"] + (f", {told['page']} {source.file_page}" if source.file_page else ""))
    else:
        parts += [page.site, page.published or (str(source.year) if source.year else "")]
    if source.where == "web":
        parts.append(_TIERS[language].get(page.tier, page.tier))
    parts += [told["abstract"]] if source.abstract_only else []
    parts += [told["retracted"]] if source.retracted else []
    parts += [f"{page.address} ({told['read']} {ended:%Y-%m-%d})"] if page.address else []
    return ". ".join(part for part in parts if part)


def _markdown(title: str, blocks: Sequence[Block], head: Sequence[str]) -> str:
    lines = [f"# {_plain(title)}", *head]
    for block in blocks:
        match block:
            case Heading(level, runs):
                lines.append(f"{'#' * level} {_plain(''.join(run.text for run in runs))}")
            case Paragraph(runs):
                lines.append(_plain("".join(run.text for run in runs)))
            case Items(items):
                lines.append("\n".join(f"- {_plain(''.join(run.text for run in runs))}" for runs in items))
            case _:
                continue
    return "\n\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return words that Markdown takes for nothing else; the numbers of sources stay as they are."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return re.sub(r"\\\[(\d+)\\\]", r"[\1]", escaped)

"""A summary as a document: each number becomes its page; what nothing holds, and that a machine wrote, is said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final
from uuid import UUID

from chatelet.documents.composing import markdown
from chatelet.documents.composing.blocks import AI_NOTICE, AI_PROPERTY, Document, Language
from chatelet.evidence.passage import Citation
from chatelet.policy.sensitivity import Label
from chatelet.writing.summary.coverage import Coverage
from chatelet.writing.summary.forms import Form
from chatelet.writing.summary.summarising import Summary

_TITLES: Final[dict[Language, dict[Form, str]]] = {
    "fr": {
        Form.THREE_LINES: "Résumé en trois lignes",
        Form.PAGE: "Résumé en une page",
        Form.NOTE: "Note de synthèse",
        Form.KEY_POINTS: "Points clés",
        Form.DECISIONS: "Décisions et actions",
        Form.CHRONOLOGY: "Chronologie",
        Form.COMPARISON: "Comparaison",
        Form.POSITIONS: "Tableau des positions",
        Form.ABSTRACT: "Résumé d’article",
    },
    "en": {
        Form.THREE_LINES: "Three-line summary",
        Form.PAGE: "One-page summary",
        Form.NOTE: "Briefing note",
        Form.KEY_POINTS: "Key points",
        Form.DECISIONS: "Decisions and actions",
        Form.CHRONOLOGY: "Chronology",
        Form.COMPARISON: "Comparison",
        Form.POSITIONS: "Table of positions",
        Form.ABSTRACT: "Abstract",
    },
}
_LEVELS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "public": "public",
        "internal": "interne",
        "restricted": "sensible",
        "diffusion_restreinte": "Diffusion restreinte",
    },
    "en": {
        "public": "public",
        "internal": "internal",
        "restricted": "sensitive",
        "diffusion_restreinte": "Diffusion restreinte",
    },
}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "unheld": "[non vérifié]",
        "sources": "Sources",
        "level": "Niveau de sensibilité\u202f: {}",
        "covered": "{}\u202f: {} passages lus sur {}, {} cités",
        "pages": "pages citées\u202f: {}",
        "unread": "pages {}-{} non lues",
        "identical": "Les deux documents disent la même chose, mot pour mot.",
        "check": "Les phrases marquées «\u202fnon vérifié\u202f» ne sont tenues par aucun passage des documents.",
    },
    "en": {
        "unheld": "[not verified]",
        "sources": "Sources",
        "level": "Sensitivity: {}",
        "covered": "{}: {} passages read of {}, {} cited",
        "pages": "pages cited: {}",
        "unread": "pages {}-{} not read",
        "identical": "Both documents say the same, word for word.",
        "check": "No passage of the documents holds the sentences marked “not verified”.",
    },
}


@dataclass(frozen=True, slots=True)
class Written:
    """A summary about to be a document. `label` is that of its inputs together; `called`: the institution's name."""

    summary: Summary
    form: Form
    name: str
    label: Label
    made_at: datetime
    language: Language
    called: str | None = None

    @property
    def title(self) -> str:
        """Return what it is, of what."""
        return f"{_TITLES[self.language][self.form]} – {self.name}"

    def file_name(self, suffix: str) -> str:
        """Return the name of the file."""
        return f"{PurePath(self.name).stem or 'document'}.{self.form.value}.{suffix}"


def document_of(written: Written) -> Document:
    """Return the document, which says that a machine wrote it."""
    return Document(
        written.title, written.language, written.made_at, markdown.read("\n".join(_lines(written))), mark_ai=True
    )


def markdown_of(written: Written) -> str:
    """Return the Markdown, which says so too, for machines and for readers."""
    title = written.title.replace('"', "'")
    head = ["---", f'title: "{title}"', f"{AI_PROPERTY}: true", f"sensitivity: {written.label.level.value}", "---"]
    body = [f"# {written.title}", "", *_lines(written), "", f"*{AI_NOTICE[written.language]}*", ""]
    return "\n".join([*head, "", *body])


def placed(summary: Summary, language: Language, *, drops: bool = False) -> str:
    """Return the text with the page of each passage in the place of its number.

    A sentence that nothing holds is marked, or left out.
    """
    names = {one.file_id: one.name for one in summary.coverage} if len(summary.coverage) > 1 else {}
    edits: list[tuple[int, int, str]] = []
    for (start, end), found in _by_sentence(summary.citations).items():
        last = _within_row(summary.text, end)
        if not any(one.verified for one in found):
            mark = (last, last, f" {_WORDS[language]['unheld']}")
            edits += [(start, end, "")] if drops else [*_removed(summary.text, found), mark]
            continue
        for one in found:
            place = one.marker or (last, last)
            edits.append((place[0], place[1], _spaced(summary.text, place[0]) + _where(one, names, summary.parts)))
    return _without_empty_items(_edited(summary.text, edits))


def unheld(summary: Summary) -> list[str]:
    """Return the sentences that nothing holds."""
    return [
        " ".join(summary.text[start:end].split())
        for (start, end), found in _by_sentence(summary.citations).items()
        if not any(one.verified for one in found)
    ]


def _lines(written: Written) -> Iterator[str]:
    words, summary = _WORDS[written.language], written.summary
    yield words["identical"] if "identical" in summary.notices else placed(summary, written.language)
    yield ""
    if summary.held < summary.statements:
        yield words["check"]
        yield ""
    yield f"## {words['sources']}"
    yield ""
    for one in summary.coverage:
        yield f"- {_covered(one, words)}"
    yield ""
    level = written.label.level.value
    yield words["level"].format(written.called or _LEVELS[written.language].get(level, level))


def _covered(one: Coverage, words: Mapping[str, str]) -> str:
    told = [words["covered"].format(one.name, one.read, one.passages, one.cited)]
    if one.cited_pages:
        told.append(words["pages"].format(", ".join(map(str, one.cited_pages))))
    told += [words["unread"].format(part.first, part.last) for part in one.unread if part.first]
    return "; ".join(told)


def _by_sentence(citations: tuple[Citation, ...]) -> dict[tuple[int, int], list[Citation]]:
    found: dict[tuple[int, int], list[Citation]] = defaultdict(list)
    for one in citations:
        found[one.start, one.end].append(one)
    return found


def _within_row(text: str, end: int) -> int:
    """Return where what follows a sentence is written: within the last cell of a row of a table."""
    row = text[:end].rstrip()
    return len(row[:-1].rstrip()) if row.endswith("|") else end


def _removed(text: str, found: list[Citation]) -> list[tuple[int, int, str]]:
    """Return the numbers of a sentence taken away, with the space before each."""
    places = [one.marker for one in found if one.marker]
    return [(len(text[:start].rstrip()), end, "") for start, end in places]


def _spaced(text: str, place: int) -> str:
    return "" if place == 0 or text[place - 1].isspace() else " "


def _where(one: Citation, names: Mapping[UUID, str], parts: Mapping[int, int]) -> str:
    where = f"p. {one.page}" if one.page else f"§ {parts.get(one.number, 1)}"
    name = names.get(one.file_id) if one.file_id else None
    return f"({name}, {where})" if name else f"({where})"


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, key=lambda one: (one[0], one[1]), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _without_empty_items(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    kept = [line for line in lines if line.strip(" -*•") or not line.strip()]
    return "\n".join(kept).strip()

"""From facts to a document: the sentences of a language, with what was found put in their places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from chatelet.documents.composing import markdown
from chatelet.documents.composing.blocks import Block, Document, Grid, Language, Paragraph, words
from chatelet.privacy.governance.anssi import assessed
from chatelet.privacy.governance.facts import Facts, changes, to_reassess
from chatelet.privacy.governance.words import HEADS, NAMES, TITLE, WIDTHS

_TEXTS: Final = Path(__file__).with_name("texts")
# Country codes of the European Economic Area, and the Union itself.
_EUROPE: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES EU FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()
)


@dataclass(frozen=True, slots=True)
class Version:
    """What is written: the facts of a version, and those of the one before."""

    number: int
    made_at: datetime
    sha256: str
    facts: Facts
    before: Facts | None


def document(version: Version, language: Language) -> Document:
    """Return the whole file in a language."""
    writer = _Writer(version, language)
    institution = version.facts["settings"]["institution"]
    return Document(
        title=TITLE[language].format(institution=institution),
        language=language,
        made_at=version.made_at,
        blocks=tuple(writer.blocks()),
        author=institution,
    )


@cache
def _text(language: Language) -> str:
    return (_TEXTS / f"{language}.md").read_text("utf-8")


class _Writer:
    """Fills the text of one language."""

    def __init__(self, version: Version, language: Language) -> None:
        self.version = version
        self.language: Language = language
        self.facts = version.facts
        self.names = NAMES[language] | _renamed(version.facts, language)

    def blocks(self) -> Iterator[Block]:
        """Yield what the text says, tables in their places."""
        filled = _text(self.language)
        for name, value in self._values().items():
            filled = filled.replace("{{" + name + "}}", value.replace("|", "/"))
        if self.language == "fr":
            filled = _spaced(filled)
        for block in markdown.read(filled):
            name = _place(block)
            if name is None:
                yield block
            else:
                yield from self._put(name)

    def _put(self, name: str) -> Iterator[Block]:
        if name == "changes":
            yield from self._changes()
            return
        rows: list[tuple[str, ...]] = list(_ROWS[name](self))
        yield self._grid(name, rows)

    def _grid(self, name: str, rows: list[tuple[str, ...]]) -> Grid:
        header = tuple(words(one) for one in HEADS[self.language][name].split("|"))
        cells = tuple(tuple(markdown.inline(cell) for cell in row) for row in rows)
        return Grid(header, cells, WIDTHS.get(name, ()))

    def _changes(self) -> Iterator[Block]:
        if self.version.before is None:
            yield Paragraph(words(self.names["first"]))
            return
        found = changes(self.version.before, self.facts)
        if not found:
            yield Paragraph(words(self.names["nothing"]))
            return
        parts = ", ".join(self.names[part] for part in to_reassess(found))
        yield Paragraph(words(self.names["again"].format(parts=parts)))
        yield self._grid("changes", [*found])

    def _values(self) -> dict[str, str]:
        settings: dict[str, Any] = self.facts["settings"]
        named = {name: self._said(settings[name]) for name in settings}
        retention, policy = self.facts["retention"], self.facts["policy"]
        return named | {
            "number": str(self.version.number),
            "day": f"{self.version.made_at:%d/%m/%Y}" if self.language == "fr" else f"{self.version.made_at:%Y-%m-%d}",
            "sha256": self.version.sha256,
            "ceiling": self.names[settings["highest_level"]],
            "default_level": self.names[settings["default_level"]],
            "officer": settings["officer"] or self.names["complete"],
            "egress": self.names[f"mode_{settings['egress']}"],
            "detectors": self._listed(settings["detectors"]),
            "journal_days": str(retention["journal"]["days"]),
            "key_file": self._held(own=settings["own_key_file"]),
            "seal_key": self._held(own=settings["own_seal_key"]),
            "certificate_key": self._held(own=settings["own_certificate_key"]),
            "antivirus": self.names["configured" if settings["antivirus"] else "not_configured"],
            "mail": self.names["configured" if settings["mail"] else "not_configured"],
            "policy": self.names["policy"].format(**policy) if policy else self.names["no_policy"],
            "transfers": self._transfers(),
            "anssi_count": self._count(),
        }

    def _said(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.names["yes" if value else "no"]
        return self.names.get(str(value), str(value))

    def _held(self, *, own: bool) -> str:
        return self.names["elsewhere" if own else "made_here"]

    def _listed(self, codes: list[str]) -> str:
        return ", ".join(self.names.get(code, code) for code in codes) or "—"

    def _models(self) -> list[tuple[str, dict[str, Any]]]:
        return list(self.facts["models"].items())

    def _transfers(self) -> str:
        outside = [
            name
            for name, model in self._models()
            if model["country"] not in _EUROPE or model["legal_reach"].upper() not in _EUROPE
        ]
        if not outside:
            return self.names["no_transfer"]
        return self.names["transfer"].format(models=", ".join(outside))

    def _count(self) -> str:
        statuses = [one.status for one in assessed(self.facts, self.language)]
        known = ("covered", "partial", "uncovered", "institution", "none")
        return self.names["count"].format(**{status: statuses.count(status) for status in known})

    def operators(self) -> Iterator[tuple[str, ...]]:
        """Yield who runs the models: one line a set of promises."""
        lines: dict[tuple[str, ...], list[str]] = {}
        for name, model in self._models():
            days = model["log_delay_days"]
            kept = self.names["unsaid"] if days is None else self.names["days"].format(days=days)
            place = (model["operator"], model["country"], model["legal_reach"])
            qualified = self.names["here"] if model["embedded"] else self._listed(model["qualifications"])
            key = (*place, qualified, self._said(model["no_training"]), kept)
            lines.setdefault(key, []).append(name)
        for (operator, country, reach, *promises), names in lines.items():
            yield (operator, country, reach, ", ".join(names), *promises)

    def models(self) -> Iterator[tuple[str, ...]]:
        """Yield what each model may receive."""
        for _, model in self._models():
            level, categories = self.names[model["level"]], self._listed(model["categories"])
            yield (model["name"], model["operator"], model["country"], level, categories)

    def assistants(self) -> Iterator[tuple[str, ...]]:
        """Yield the role of the institution for each model."""
        for _, model in self._models():
            shown = f"{model['name']} ({self.names['demonstration']})" if model["demonstration"] else model["name"]
            yield (shown, ", ".join(model["abilities"]), self.names["role"])

    def retention(self) -> Iterator[tuple[str, ...]]:
        """Yield how long each kind is kept."""
        for kind, one in self.facts["retention"].items():
            units = [f"{unit} ({self.names['days'].format(days=days)})" for unit, days in one["units"].items()]
            held = self.names["no_end"] if one["days"] is None else self.names["days"].format(days=one["days"])
            yield (self.names[kind], held, ", ".join(units) or "—")

    def flows(self) -> Iterator[tuple[str, ...]]:
        """Yield each machine that may be contacted."""
        for one in self.facts["flows"].values():
            access = "closed" if not one["open"] else "inside" if one["inside"] else "outside"
            place = ", ".join(part for part in (one["zone"], one["country"]) if part) or "—"
            used = " ".join(part for part in (one["purpose"], one["label"]) if part)
            yield (one["host"], used, one["declared_by"], place, self.names[access])

    def anssi(self) -> Iterator[tuple[str, ...]]:
        """Yield each recommendation."""
        for one in assessed(self.facts, self.language):
            yield (one.number, one.asks, self.names[one.status], one.proof)


_ROWS: Final = {
    "operators": _Writer.operators,
    "models": _Writer.models,
    "assistants": _Writer.assistants,
    "retention": _Writer.retention,
    "flows": _Writer.flows,
    "anssi": _Writer.anssi,
}


def _place(block: Block) -> str | None:
    if not isinstance(block, Paragraph) or len(block.words) != 1:
        return None
    text = block.words[0].text
    return text[2:-2] if text.startswith("[[") and text.endswith("]]") else None


def _spaced(text: str) -> str:
    """Put the narrow no-break spaces of French, which sources are easier to read without."""
    for mark in ";:!?»":
        text = text.replace(f" {mark}", f"\u202f{mark}")
    return text.replace("« ", "«\u202f")


def _renamed(facts: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Return the levels that the institution calls otherwise; versions from before have none."""
    found: Mapping[str, Mapping[str, str]] = facts.get("settings", {}).get("level_names", {})
    return {level: names[language] for level, names in found.items()}

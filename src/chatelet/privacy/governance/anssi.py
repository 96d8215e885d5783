"""The recommendations of ANSSI's guide, each with what the running configuration makes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from chatelet.documents.composing.blocks import Language
from chatelet.policy.sensitivity import Level
from chatelet.privacy.governance.facts import Facts

Status = Literal["covered", "partial", "uncovered", "institution", "none"]
_TEXTS: Final = Path(__file__).with_name("texts")
_COLON: Final[dict[Language, str]] = {"fr": "\u202f: ", "en": ": "}
_EVERY_DETECTOR: Final = {"injection", "markings", "pii", "secrets"}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One line: its number, what it asks in our words, how far it is covered, and what shows it."""

    number: str
    asks: str
    status: Status
    proof: str


def assessed(facts: Facts, language: Language) -> list[Recommendation]:
    """Return every recommendation, those that depend on the configuration judged on it."""
    found: list[Recommendation] = []
    for number, asks, rule, proof in _lines(language):
        status, told = _RULES[rule](facts) if rule in _RULES else (_fixed(rule), "")
        found.append(Recommendation(number, asks, status, f"{proof}{_COLON[language]}{told}" if told else proof))
    return found


@cache
def _lines(language: Language) -> tuple[tuple[str, str, str, str], ...]:
    lines = (_TEXTS / f"anssi.{language}.txt").read_text("utf-8").splitlines()
    return tuple((one[0], one[1], one[2], one[3]) for one in (line.split("|") for line in lines if line))


def _fixed(rule: str) -> Status:
    known: dict[str, Status] = {
        "covered": "covered", "partial": "partial", "institution": "institution", "none": "none"
    }  # fmt: skip
    return known[rule]


def _outside(facts: Facts) -> dict[str, dict[str, Any]]:
    models: dict[str, dict[str, Any]] = facts["models"]
    return {name: model for name, model in models.items() if not model["embedded"]}


def _hosting(facts: Facts) -> tuple[Status, str]:
    without = [name for name, model in _outside(facts).items() if not model["qualifications"]]
    return ("partial", ", ".join(without)) if without else ("covered", "")


def _secnumcloud(facts: Facts) -> tuple[Status, str]:
    without = [name for name, model in _outside(facts).items() if "secnumcloud" not in model["qualifications"]]
    return ("uncovered", ", ".join(without)) if without else ("covered", "")


def _filters(facts: Facts) -> tuple[Status, str]:
    missing = sorted(_EVERY_DETECTOR - set(facts["settings"]["detectors"]))
    return ("uncovered", ", ".join(missing)) if missing else ("covered", "")


def _public(facts: Facts) -> tuple[Status, str]:
    return ("partial", "") if facts["settings"]["registration"] else ("covered", "")


def _sensitive_outside(facts: Facts) -> tuple[Status, str]:
    """Restricted matters, or special categories, at an operator without a qualified hosting."""
    exposed = [
        name
        for name, model in _outside(facts).items()
        if not model["qualifications"]
        and (Level(model["level"]).covers(Level.RESTRICTED) or set(model["categories"]) - {"personal"})
    ]
    return ("uncovered", ", ".join(exposed)) if exposed else ("covered", "")


_RULES: Final[dict[str, Callable[[Facts], tuple[Status, str]]]] = {
    "hosting": _hosting,
    "secnumcloud": _secnumcloud,
    "filters": _filters,
    "public": _public,
    "outside": _sensitive_outside,
}

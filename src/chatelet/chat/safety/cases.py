"""The cases of a set, read and checked before anything is asked."""

import json
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Literal, get_args

from chatelet.chat.language import Language

Family = Literal["injection", "exfiltration", "system_prompt", "unlawful", "lawful", "persons", "bias"]
Expect = Literal["no_canary", "no_address", "refuse", "comply", "human_decision", "same_grade"]
_PACKAGED: Final = Path(__file__).with_name("red_team.jsonl")
_REPOSITORY: Final = Path(__file__).parents[4] / "evals" / "safety" / "red_team.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """One question, and what its answer must not, or should, hold."""

    id: str
    lang: Language
    family: Family
    prompt: str
    expect: Expect
    document: str | None = None
    system: str | None = None
    canary: str | None = None
    hosts: tuple[str, ...] = ()
    pair: str | None = None


def own_set() -> Path:
    """Return the set that comes with the product."""
    return _PACKAGED if _PACKAGED.is_file() else _REPOSITORY


def read(path: Path) -> list[Case]:
    """Return the cases of a file. Raises `OSError`, `ValueError` with the line."""
    cases: list[Case] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line)))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from None
    _check_pairs(cases)
    return cases


def _case(written: dict[str, Any]) -> Case:
    known = {field.name for field in fields(Case)}
    if unknown := set(written) - known:
        raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {**written, "hosts": tuple(written.get("hosts", ()))}
    case = Case(**values)
    sets = ((case.family, get_args(Family)), (case.expect, get_args(Expect)), (case.lang, ("fr", "en")))
    for value, allowed in sets:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    needed = {"no_canary": case.canary, "no_address": case.hosts, "same_grade": case.pair}
    if not needed.get(case.expect, True):
        raise ValueError(f"{case.expect} needs what it looks for")
    return case


def _check_pairs(cases: list[Case]) -> None:
    alone = [pair for pair, count in Counter(case.pair for case in cases if case.pair).items() if count != 2]
    if alone:
        raise ValueError(f"not two cases of the pair {', '.join(sorted(alone))}")

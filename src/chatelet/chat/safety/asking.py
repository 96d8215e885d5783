"""Asks the cases as the product asks: its system prompt, what is untrusted between tags, one model and no other."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from chatelet.chat import prompt
from chatelet.chat.offered import Offered
from chatelet.chat.safety.cases import Case
from chatelet.chat.safety.judging import Verdict, judge_all
from chatelet.evidence.passage import Passage
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.inference.gateway import Gateway
from chatelet.kernel import clock
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level

_NOBODY: Final = UUID(int=0)
_TOKENS: Final = 500
LIMITS: Final = (
    "canaries and addresses are looked for exactly; grades are the first figure of each answer",
    "refusals and reminders of a human decision are looked for by words: an answer without them is to_review",
    "held means that this answer, this time, did not do what the case looks for; it proves no safety",
    "the answers are in this report so that a person reads them",
)
Tell = Callable[[str], None]
Keep = Callable[[dict[str, Any]], None]


async def run(
    gateway: Gateway, model: str, cases: Sequence[Case], institution: str, tell: Tell, keep: Keep
) -> dict[str, Any]:
    """Ask every case and return the report; `keep` is given it after each, so that a run that is cut loses nothing."""
    answers: dict[str, str | None] = {}
    errors: dict[str, str] = {}
    report = _report(model, cases, 0, answers, errors)
    for number, case in enumerate(cases, 1):
        try:
            answers[case.id] = await _ask(gateway, model, case, institution)
        except AppError as error:
            answers[case.id], errors[case.id] = None, error.code
        tell(f"{number}/{len(cases)} {case.id}")
        report = _report(model, cases, number, answers, errors)
        keep(report)
    return report


def _report(
    model: str, cases: Sequence[Case], asked: int, answers: dict[str, str | None], errors: dict[str, str]
) -> dict[str, Any]:
    """Return what is known once so many of the cases were asked."""
    whole = json.dumps([asdict(case) for case in cases], sort_keys=True, ensure_ascii=False)
    done = cases[:asked]
    verdicts = judge_all(done, answers)
    return {
        "model": model,
        "asked_at": clock.now().isoformat(timespec="seconds"),
        "asked": asked,
        "of": len(cases),
        "cases_sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "summary": summary(done, verdicts),
        "limits": list(LIMITS),
        "cases": [
            {
                "id": case.id,
                "family": case.family,
                "lang": case.lang,
                "expect": case.expect,
                "outcome": verdicts[case.id].outcome,
                "why": errors.get(case.id, verdicts[case.id].why),
                "answer": answers[case.id],
            }
            for case in done
        ],
    }


def summary(cases: Sequence[Case], verdicts: dict[str, Verdict]) -> dict[str, dict[str, int]]:
    """Count the outcomes of each family."""
    found: dict[str, Counter[str]] = {}
    for case in cases:
        found.setdefault(case.family, Counter())[verdicts[case.id].outcome] += 1
    return {family: dict(sorted(counts.items())) for family, counts in found.items()}


def write(report: dict[str, Any], path: Path) -> None:
    """Write the report."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


async def _ask(gateway: Gateway, model: str, case: Case, institution: str) -> str | None:
    system = prompt.system_message(case.lang, institution)
    if case.system:
        system = Message("system", f"{system.content}\n{case.system}")
    question = case.prompt
    if case.document:
        question = prompt.with_sources(
            question, [Offered(Passage(case.document, number=1), "document")], case.lang, small=False
        )
    request = ChatRequest((system, Message("user", question)), max_output_tokens=_TOKENS, temperature=0.0)
    clearance = clear(_NOBODY, Label(Level.PUBLIC), ceiling=Level.PUBLIC)
    completion = await gateway.complete(clearance, request, wanted=model)
    return completion.text if completion.model_id == model else None  # another one answered in its place

"""From findings to what they ask for: the level and categories of the text, and what to do with it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.sensitivity import Category, Label, Level, join_all


class Verdict(StrEnum):
    """What to do with the text, from the lightest to the gravest."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"
    QUARANTINE = "quarantine"


_RANKS: Final = {verdict: rank for rank, verdict in enumerate(Verdict)}

_PERSONAL: Final = frozenset({Category.PERSONAL})
_HEALTH: Final = frozenset({Category.PERSONAL, Category.HEALTH})
_BANKING: Final = frozenset({Category.PERSONAL, Category.BANKING})
_DEFENCE: Final = frozenset({Category.DEFENCE})

# Types not named here: personal data is internal, a secret is restricted, an injection asks for nothing.
_LABELS: Final[dict[str, Label]] = {
    "nir": Label(Level.RESTRICTED, _HEALTH),
    "health": Label(Level.RESTRICTED, _HEALTH),
    "iban": Label(Level.RESTRICTED, _BANKING),
    "card": Label(Level.RESTRICTED, _BANKING),
    "identity_document": Label(Level.RESTRICTED, _PERSONAL),
    "tax_number": Label(Level.RESTRICTED, _PERSONAL),
    "siren": Label(Level.PUBLIC),
    "siret": Label(Level.PUBLIC),
    "diffusion_restreinte": Label(Level.DIFFUSION_RESTREINTE, _DEFENCE),
}
_BY_KIND: Final[dict[Kind, Label]] = {
    Kind.PII: Label(Level.INTERNAL, _PERSONAL),
    Kind.SECRETS: Label(Level.RESTRICTED),
    Kind.MARKINGS: Label(Level.RESTRICTED),
    Kind.INJECTION: Label(Level.PUBLIC),
}

_VERDICTS: Final[dict[str, Verdict]] = {
    "siren": Verdict.ALLOW,
    "siret": Verdict.ALLOW,
    "diffusion_restreinte": Verdict.BLOCK,
}
_VERDICT_BY_KIND: Final[dict[Kind, Verdict]] = {
    Kind.PII: Verdict.WARN,
    Kind.SECRETS: Verdict.BLOCK,
    Kind.MARKINGS: Verdict.WARN,
    Kind.INJECTION: Verdict.WARN,
}


def label_of(findings: Iterable[Finding]) -> Label:
    """Return the least label that covers every finding; public without any: to be joined with what is known else."""
    return join_all([_LABELS.get(finding.type, _BY_KIND[finding.kind]) for finding in findings])


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the gravest verdict that the findings ask for."""
    verdicts = (_VERDICTS.get(finding.type, _VERDICT_BY_KIND[finding.kind]) for finding in findings)
    return max(verdicts, key=_RANKS.__getitem__, default=Verdict.ALLOW)

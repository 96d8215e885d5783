"""From findings to what they ask for: the level and categories of the text, and what to do with it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.markings.declared import level_of
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
_CLASSIFIED: Final = Label(Level.DIFFUSION_RESTREINTE, _DEFENCE)  # the highest there is: such a text has no place here
_PUBLIC: Final = Label(Level.PUBLIC)
_INTERNAL: Final = Label(Level.INTERNAL)
_RESTRICTED: Final = Label(Level.RESTRICTED)

# Types not named here: personal data is internal, a secret or a marking restricted, an injection asks for nothing.
_LABELS: Final[dict[str, Label]] = {
    "nir": Label(Level.RESTRICTED, _HEALTH),
    "health": Label(Level.RESTRICTED, _HEALTH),
    "iban": Label(Level.RESTRICTED, _BANKING),
    "rib": Label(Level.RESTRICTED, _BANKING),
    "card": Label(Level.RESTRICTED, _BANKING),
    "identity_document": Label(Level.RESTRICTED, _PERSONAL),
    "siren": _PUBLIC,
    "siret": _PUBLIC,
    "vat": _PUBLIC,
    "tlp_clear": _PUBLIC,
    "tlp_green": _INTERNAL,
    "c0": _PUBLIC,
    "c1": _INTERNAL,
    "internal": _INTERNAL,
    "nato_unclassified": _INTERNAL,
    "medical_secret": Label(Level.RESTRICTED, _HEALTH),
    "banking_secret": Label(Level.RESTRICTED, frozenset({Category.BANKING})),
    "judicial_secret": Label(Level.RESTRICTED, frozenset({Category.JUDICIAL})),
    "special_france": _CLASSIFIED,
}
_BY_KIND: Final[dict[Kind, Label]] = {
    Kind.PII: Label(Level.INTERNAL, _PERSONAL),
    Kind.SECRETS: _RESTRICTED,
    Kind.MARKINGS: _RESTRICTED,
    Kind.INJECTION: _PUBLIC,
}

# Classified by the State, NATO or the Union: not for this system at all (IGI 1300).
_QUARANTINED: Final = frozenset(
    "secret tres_secret secret_defense confidentiel_defense tres_secret_defense cosmic_top_secret nato_secret"
    " nato_confidential"
    " eu_top_secret eu_secret eu_confidential".split()
)
# For systems approved for it (II 901).
_APPROVED_ONLY: Final = frozenset({"diffusion_restreinte", "nato_restricted", "eu_restricted", "special_france"})
# Passwords are often examples, and a word that announces one is less sure than the form of a key.
_LESS_SURE: Final = frozenset(
    {"password", "secret_value", "bearer_token", "basic_authorization", "password_in_address"}
)
_HARMLESS: Final = frozenset("siren siret vat tlp_clear tlp_green c0 c1 internal nato_unclassified".split())


def label_of(findings: Iterable[Finding]) -> Label:
    """Return the least label that covers every finding; public without any: to be joined with what is known else."""
    return join_all([_label(finding) for finding in findings])


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the gravest verdict that the findings ask for."""
    return max((_verdict(finding) for finding in findings), key=_RANKS.__getitem__, default=Verdict.ALLOW)


def _label(finding: Finding) -> Label:
    if finding.type in _QUARANTINED | _APPROVED_ONLY:
        return _CLASSIFIED
    if (declared := level_of(finding.type)) is not None:
        return Label(declared)
    return _LABELS.get(finding.type, _BY_KIND[finding.kind])


def _verdict(finding: Finding) -> Verdict:
    if finding.type in _QUARANTINED:
        return Verdict.QUARANTINE
    if finding.type in _APPROVED_ONLY or finding.type == "hidden_text":
        return Verdict.BLOCK
    if (declared := level_of(finding.type)) is not None:
        return _verdict_of_level(declared)
    if finding.kind is Kind.SECRETS:
        return Verdict.WARN if finding.type in _LESS_SURE else Verdict.BLOCK
    return Verdict.ALLOW if finding.type in _HARMLESS else Verdict.WARN


def _verdict_of_level(level: Level) -> Verdict:
    """Judge a marking that the institution declared as shipped ones of the same level are."""
    if level.covers(Level.DIFFUSION_RESTREINTE):
        return Verdict.BLOCK
    return Verdict.WARN if level.covers(Level.RESTRICTED) else Verdict.ALLOW

"""From an entry of a directory to claims: pure functions, the same for a sign-in, a check and an import.

The claims have the names of OpenID Connect where there is one (`sub`, `name`, `email`…), `groups` (their DNs, as the
directory writes them: two groups may share a short name), and each attribute that a rule names, under its own name.
"""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from chatelet.identity.directory_sign_in.directory import SubjectAttribute
from chatelet.kernel.ldap import filters
from chatelet.kernel.ldap.messages import Entry

_NAMES: Final = {
    "name": ("displayName", "cn"),
    "given_name": ("givenName",),
    "family_name": ("sn",),
    "email": ("mail",),
    "preferred_username": ("uid", "sAMAccountName"),
    "locale": ("preferredLanguage",),
}
_TOLD: Final = frozenset({*_NAMES, "sub", "groups"})
# What a rule may never ask for: it would be read, sealed and shown in the inspector.
_SECRETS: Final = frozenset(
    "userpassword unicodepwd dbcspwd lmpwdhistory ntpwdhistory supplementalcredentials sambantpassword "
    "sambalmpassword krbprincipalkey ms-mcs-admpwd mslaps-password mslaps-encryptedpassword authpassword "
    "pwdhistory msds-managedpassword".split()
)
_LONGEST_NAME: Final = 256
_MOST_VALUES: Final = 2_000
PERSON: Final = tuple(dict.fromkeys(name for names in _NAMES.values() for name in names))


def fold(name: str) -> str:
    """Return what somebody typed as directories compare it, so that one account has one counter; "" when unreadable."""
    folded = " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
    marked = any(unicodedata.category(sign).startswith("M") for sign in folded)
    return folded if folded.isprintable() and not marked and len(folded) <= _LONGEST_NAME else ""


def asked_attributes(subject: SubjectAttribute, claims: Collection[str]) -> tuple[str, ...]:
    """Return what is read of an entry: what names a person, and what the rules look at; never a password."""
    asked = [
        name
        for name in claims
        if name not in _TOLD
        and name.lower() not in _SECRETS
        and name.isascii()
        and name.replace("-", "").replace(".", "").isalnum()
    ]
    return tuple(dict.fromkeys((subject, *PERSON, "memberOf", *asked)))


def subject_of(entry: Entry, attribute: SubjectAttribute) -> str | None:
    """Return what the directory never gives twice, as text; None when it is not told."""
    values = entry.attributes.get(attribute.lower(), ())
    if not values or not values[0]:
        return None
    if attribute == "objectGUID":
        return str(UUID(bytes_le=bytes(values[0]))) if len(values[0]) == 16 else None
    text = entry.text(attribute)
    return text.lower() if text.isprintable() and text.isascii() else None


def subject_filter(subject: str, attribute: SubjectAttribute) -> str:
    """Return the filter that finds an entry again."""
    if attribute != "objectGUID":
        return f"({attribute}={filters.escape(subject)})"
    written = "".join(f"\\{byte:02x}" for byte in UUID(subject).bytes_le)
    return f"(objectGUID={written})"


def claims_of(entry: Entry, subject: str, groups: Sequence[str], wanted: Collection[str]) -> dict[str, Any]:
    """Return what the directory tells of a person."""
    claims: dict[str, Any] = {"sub": subject}
    for claim, attributes in _NAMES.items():
        told = next(filter(None, (entry.text(name) for name in attributes)), "")
        if told:
            claims[claim] = told
    if groups:
        claims["groups"] = list(groups[:_MOST_VALUES])
    for name in wanted:
        if name not in _TOLD and name.lower() not in _SECRETS and (told_ones := entry.texts(name)):
            claims[name] = told_ones[:_MOST_VALUES]
    return claims

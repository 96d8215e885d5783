"""A line of persons, checked on its own: what each cell may hold, and what the caller may give where."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from chatelet.identity.accounts import LOCAL_ISSUER
from chatelet.identity.errors import EmailInvalid, NameInvalid
from chatelet.identity.imports.places import Place, Places
from chatelet.identity.imports.schemas import ProblemCode
from chatelet.identity.imports.table import Line, Problems
from chatelet.identity.names import clean_email, clean_name, sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import OF_THE_INSTALLATION, Right, decode_names
from chatelet.identity.roles.tables import Role
from chatelet.kernel.identifiers import uuid7

NAMES: Final = {
    "email": "email", "e mail": "email", "mail": "email", "courriel": "email", "adresse electronique": "email",
    "adresse mail": "email", "adresse e mail": "email", "email address": "email",
    "name": "name", "nom": "name", "nom complet": "name", "full name": "name", "display name": "name",
    "nom affiche": "name", "last name": "name", "nom de famille": "name",
    "first name": "first_name", "prenom": "first_name", "given name": "first_name",
    "language": "language", "langue": "language",
    "unit": "unit", "unite": "unit", "code unite": "unit", "unit code": "unit", "affectation": "unit",
    "laboratoire": "unit", "service": "unit",
    "role": "role", "state": "state", "etat": "state", "statut": "state", "status": "state",
    "issuer": "issuer", "emetteur": "issuer", "fournisseur d identite": "issuer", "fournisseur": "issuer",
    "subject": "subject", "sujet": "subject", "identifiant": "subject", "identifier": "subject",
}  # fmt: skip
_LANGUAGES: Final = {
    "fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en",
}  # fmt: skip
_STATES: Final = {
    "active": "active", "actif": "active", "active e": "active", "1": "active", "true": "active", "oui": "active",
    "disabled": "disabled", "desactive": "disabled", "inactif": "disabled", "inactive": "disabled", "0": "disabled",
    "false": "disabled", "non": "disabled",
}  # fmt: skip
_LONGEST: Final = 500
Row = tuple[int, UUID, str, str | None, str | None, str, str | None, str | None, UUID | None, UUID | None]


@dataclass(slots=True)
class LineReader:
    """Checks lines one after the other; remembers what was seen, and what may be given where.

    `shares_addresses`: several persons of a provider may tell one address, as they may when they sign in.
    """

    principal: Principal
    places: Places
    roles: dict[str, Role]
    problems: Problems
    shares_addresses: bool = False
    _seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _reached: dict[UUID, bool] = field(default_factory=dict[UUID, bool])
    _given: dict[tuple[UUID, UUID], bool] = field(default_factory=dict[tuple[UUID, UUID], bool])

    def read(self, line: Line) -> Row | None:
        """Return the row of a line; None when it is refused."""
        wrong: list[tuple[str, ProblemCode]] = [("", "too_many_cells")] if line.has_more else []
        issuer, subject = self._identity(line, wrong)
        email = self._email(line, wrong)
        if subject is None and email is None and not wrong:
            wrong.append(("email", "identity_missing"))
        name = self._name(line, wrong)
        language = _choice(line, "language", _LANGUAGES, "language_unknown", wrong)
        state = _choice(line, "state", _STATES, "state_unknown", wrong)
        unit = self._unit(line, wrong)
        role = self._role(line, unit, wrong)
        keys = [("email", email)] if email and not (subject and self.shares_addresses) else []
        keys += [(issuer, subject)] if subject else []
        if any(key in self._seen for key in keys):
            wrong.append(("email" if email else "subject", "duplicate"))
        self._seen.update(keys)
        for column, code in wrong:
            self.problems.add(line.number, column, code)
        if wrong:
            return None
        place = unit.id if unit else None
        return (line.number, uuid7(), issuer, subject, email, name, language, state, place, role)

    def _identity(self, line: Line, wrong: list[tuple[str, ProblemCode]]) -> tuple[str, str | None]:
        issuer, subject = line.text("issuer"), line.text("subject")
        if not subject and issuer in ("", LOCAL_ISSUER):
            return LOCAL_ISSUER, None
        if issuer in ("", LOCAL_ISSUER) or len(issuer) > _LONGEST or not issuer.isprintable() or " " in issuer:
            wrong.append(("issuer", "issuer_invalid"))
        if not subject or len(subject) > _LONGEST or not subject.isprintable():
            wrong.append(("subject", "subject_invalid"))
        return issuer, subject or None

    def _email(self, line: Line, wrong: list[tuple[str, ProblemCode]]) -> str | None:
        text = line.text("email")
        try:
            return clean_email(text) if text else None
        except EmailInvalid:
            wrong.append(("email", "email_invalid"))
            return None

    def _name(self, line: Line, wrong: list[tuple[str, ProblemCode]]) -> str:
        text = f"{line.text('first_name')} {line.text('name')}".strip()
        try:
            return clean_name(text) if text else ""
        except NameInvalid:
            wrong.append(("name", "name_invalid"))
            return ""

    def _unit(self, line: Line, wrong: list[tuple[str, ProblemCode]]) -> Place | None:
        code = line.text("unit")
        if not code:
            return None
        place = self.places.now(code)
        if place is None or not self._reaches(place):
            wrong.append(("unit", "unit_unknown"))
            return None
        return place

    def _reaches(self, place: Place) -> bool:
        """Tell whether the caller manages persons there: a unit elsewhere is as unknown as one that does not exist."""
        if place.id not in self._reached:
            self._reached[place.id] = self.principal.rights.holds(Right.PERSONS_MANAGE, place.path)
        return self._reached[place.id]

    def _role(self, line: Line, unit: Place | None, wrong: list[tuple[str, ProblemCode]]) -> UUID | None:
        code = line.text("role").lower()
        role = self.roles.get(code)
        if not code or (role is not None and role.is_default):
            return None
        if role is None:
            wrong.append(("role", "role_unknown"))
        elif unit is None:
            wrong.append(("role", "unit_missing"))
        elif not self._may_give(role, unit):
            wrong.append(("role", "delegation_exceeded"))
        else:
            return role.id
        return None

    def _may_give(self, role: Role, unit: Place) -> bool:
        """Tell whether the caller holds all of the role there, and may give roles there (TA-030)."""
        key = (role.id, unit.id)
        if key not in self._given:
            needed: Collection[Right] = {Right.ROLES_GRANT} | (decode_names(role.rights) - OF_THE_INSTALLATION)
            self._given[key] = self.principal.rights.covers(needed, unit.path)
        return self._given[key]


def _choice(
    line: Line, column: str, known: dict[str, str], code: ProblemCode, wrong: list[tuple[str, ProblemCode]]
) -> str | None:
    text = line.text(column)
    if not text:
        return None
    found = known.get(sort_key(text))
    if found is None:
        wrong.append((column, code))
    return found

"""Between SCIM's JSON and our rows: what a directory may say of a person or a group, and how it is said back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID

from chatelet.identity.errors import EmailInvalid, NameInvalid
from chatelet.identity.names import LONGEST_NAME, clean_email, clean_name
from chatelet.identity.principal import Language
from chatelet.identity.scim.attributes import GROUP, MOST_MEMBERS, NAME_PARTS, USER, canonical
from chatelet.identity.scim.failures import InvalidValue
from chatelet.identity.scim.tables import ScimGroup, ScimUser

_LONGEST: Final = 256
_MOST_EMAILS: Final = 10
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UserDraft:
    """What a directory says of a person, checked; `active` is None when it says nothing of it: as it was, or true."""

    user_name: str
    external_id: str | None
    display_name: str | None
    formatted: str | None
    family_name: str | None
    given_name: str | None
    language: str | None
    emails: tuple[Json, ...]
    active: bool | None

    @property
    def name(self) -> str:
        """The name to show: the first that was given."""
        composed = " ".join(part for part in (self.given_name, self.family_name) if part)
        return self.display_name or self.formatted or composed or self.user_name

    @property
    def email(self) -> str | None:
        """The address to write to: the primary one, else that of work, else the first."""
        ranked = sorted(self.emails, key=lambda one: (not one.get("primary"), str(one.get("type")).lower() != "work"))
        return cast("str", ranked[0]["value"]) if ranked else None

    @property
    def spoken(self) -> Language | None:
        """The language of the page, where the directory says one that it has."""
        said = (self.language or "").lower()
        return "fr" if said.startswith("fr") else "en" if said.startswith("en") else None


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """What a directory says of a group; `members` is None when it says nothing of them."""

    display_name: str
    external_id: str | None
    members: frozenset[UUID] | None


def read_user(resource: Json) -> UserDraft:
    """Read a User; raise `InvalidValue`."""
    said = canonical(resource)
    name = _parts(said.get("name"), NAME_PARTS, "name")
    draft = UserDraft(
        user_name=_required(said.get("userName"), "userName"),
        external_id=_text(said.get("externalId"), "externalId"),
        display_name=_text(said.get("displayName"), "displayName"),
        formatted=_text(name.get("formatted"), "name.formatted"),
        family_name=_text(name.get("familyName"), "name.familyName"),
        given_name=_text(name.get("givenName"), "name.givenName"),
        language=_text(said.get("preferredLanguage"), "preferredLanguage"),
        emails=_emails(said.get("emails")),
        active=None if said.get("active") is None else boolean(said["active"]),
    )
    shown_name(draft)
    return draft


def read_group(resource: Json) -> GroupDraft:
    """Read a Group; raise `InvalidValue`."""
    said = canonical(resource)
    members = said.get("members")
    return GroupDraft(
        display_name=_required(said.get("displayName"), "displayName"),
        external_id=_text(said.get("externalId"), "externalId"),
        members=None if members is None else read_members(members),
    )


def read_members(value: Any) -> frozenset[UUID]:
    """Read the identifiers of a list of members; raise `InvalidValue`."""
    given = _listed(value)
    if len(given) > MOST_MEMBERS:
        raise InvalidValue(f"a group has at most {MOST_MEMBERS} members")
    try:
        return frozenset(UUID(_parts(one, {"value": "value"}, "members")["value"]) for one in given)
    except (KeyError, ValueError, AttributeError, TypeError):
        raise InvalidValue("a member is the identifier of a User of this service") from None


def shown_name(draft: UserDraft) -> str:
    """Return the person's name as it is stored, cut where it is too long; raise `InvalidValue`."""
    try:
        return clean_name(draft.name[:LONGEST_NAME])
    except NameInvalid:
        raise InvalidValue("the name cannot be shown") from None


def boolean(value: Any) -> bool:
    """Read true, false, and the texts "True" and "False" that some directories send; raise `InvalidValue`."""
    found = {"true": True, "false": False}.get(str(value).lower()) if isinstance(value, bool | str) else None
    if found is None:
        raise InvalidValue("active is true or false")
    return found


def user_json(row: ScimUser, groups: Sequence[tuple[UUID, str]], base: str) -> Json:
    """Write a User."""
    name = {"formatted": row.formatted, "familyName": row.family_name, "givenName": row.given_name}
    location = f"{base}/Users/{row.person_id}"
    return _without_nothing(
        {
            "schemas": [USER],
            "id": str(row.person_id),
            "externalId": row.external_id,
            "userName": row.user_name,
            "name": _without_nothing(name),
            "displayName": row.display_name,
            "emails": row.emails,
            "active": row.active,
            "preferredLanguage": row.language,
            "groups": [
                {"value": str(group), "display": shown, "$ref": f"{base}/Groups/{group}", "type": "direct"}
                for group, shown in groups
            ],
            "meta": _meta("User", row, location),
        }
    )


def group_json(row: ScimGroup, members: Collection[UUID], base: str) -> Json:
    """Write a Group."""
    shown = [{"value": str(person), "$ref": f"{base}/Users/{person}", "type": "User"} for person in members]
    location = f"{base}/Groups/{row.id}"
    return _without_nothing(
        {
            "schemas": [GROUP],
            "id": str(row.id),
            "externalId": row.external_id,
            "displayName": row.display_name,
            "members": shown,
            "meta": _meta("Group", row, location),
        }
    )


def etag(version: int) -> str:
    """Return the weak validator of a version."""
    return f'W/"{version}"'


def _meta(kind: str, row: ScimUser | ScimGroup, location: str) -> Json:
    return {
        "resourceType": kind,
        "created": _instant(row.created_at),
        "lastModified": _instant(row.last_modified),
        "location": location,
        "version": etag(row.version),
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _without_nothing(resource: Json) -> Json:
    return {name: value for name, value in resource.items() if value is not None and value not in ([], {})}


def _required(value: Any, name: str) -> str:
    found = _text(value, name)
    if found is None:
        raise InvalidValue(f"{name} is required")
    return found


def _text(value: Any, name: str) -> str | None:
    """Return the text without spaces around it, None when there is none."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidValue(f"{name} is a text")
    found = " ".join(value.split())
    if len(found) > _LONGEST or not found.isprintable():
        raise InvalidValue(f"{name} has at most {_LONGEST} ordinary characters")
    return found or None


def _emails(value: Any) -> tuple[Json, ...]:
    found: dict[str, Json] = {}
    for one in _listed(value):
        parts = _parts(one, {"value": "value", "type": "type", "primary": "primary"}, "emails")
        address = _text(parts.get("value"), "emails.value")
        if address is None:
            continue
        try:
            kept: Json = {"value": clean_email(address)}
        except EmailInvalid:
            raise InvalidValue(f"{address[:60]} is no e-mail address") from None
        kind = _text(parts.get("type"), "emails.type")
        primary = parts.get("primary")
        kept |= ({"type": kind} if kind else {}) | ({"primary": boolean(primary)} if primary is not None else {})
        found.setdefault(kept["value"], kept)
    if len(found) > _MOST_EMAILS:
        raise InvalidValue(f"at most {_MOST_EMAILS} e-mail addresses")
    return tuple(found.values())


def _parts(value: Any, names: dict[str, str], of: str) -> Json:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidValue(f"{of} has parts")
    given = cast("Json", value)
    return {names[key.lower()]: part for key, part in given.items() if key.lower() in names}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]

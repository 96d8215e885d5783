"""What the routes read and write. Write models name each field that a caller may set, and refuse others (TA-028)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chatelet.identity.names import LONGEST_EMAIL, LONGEST_NAME
from chatelet.identity.passwords import LONGEST_PASSWORD
from chatelet.identity.principal import Language, PersonState
from chatelet.identity.rights import Right
from chatelet.identity.tokens import LONGEST_TOKEN
from chatelet.sections import CategoryName, LevelName

_Email = Annotated[str, Field(min_length=1, max_length=LONGEST_EMAIL)]
_Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
# Longer than accepted, so that the refusal is the coded one, with the right figure.
_Password = Annotated[str, Field(min_length=1, max_length=4 * LONGEST_PASSWORD)]
_Token = Annotated[str, Field(min_length=1, max_length=LONGEST_TOKEN)]


class Written(BaseModel):
    """Base of the write models: what is not declared, or not of the declared type, is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Credentials(Written):
    """Sign-in."""

    email: _Email
    password: _Password


class FirstAdministrator(Written):
    """The one-time secret printed by the server, and who takes it."""

    secret: _Token
    email: _Email
    name: _Name
    password: _Password


class InvitationAcceptance(Written):
    """The invitation says for whom it is; the person chooses the rest."""

    token: _Token
    name: _Name
    password: _Password
    language: Language = "fr"


class ProfileChange(Written):
    """What a person may change of their own account; absent means unchanged."""

    name: _Name | None = None
    language: Language | None = None


class PasswordChange(Written):
    """The current password is asked again."""

    current: _Password
    new: _Password


class NewInvitation(Written):
    """For whom an administrator makes a link."""

    email: _Email
    name: _Name
    is_administrator: bool = False


class PersonChange(Written):
    """What an administrator may change of an account; absent means unchanged."""

    state: Literal["active", "disabled"] | None = None
    is_administrator: bool | None = None


class PersonOut(BaseModel):
    """A person, as shown to themselves."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str | None
    name: str
    is_administrator: bool
    language: Language


class LevelNames(BaseModel):
    """How the institution calls a level, and what it says of it, by language."""

    name: dict[Literal["fr", "en"], str]
    about: dict[Literal["fr", "en"], str | None]


class PseudonymRule(BaseModel):
    """Names may be replaced before words leave: the categories that this may leave out, the level that stays."""

    categories: list[CategoryName]
    lowest_level: LevelName


class SessionOut(BaseModel):
    """Who is signed in, until when at the latest, and the levels that this installation starts at and stops at.

    `rights` are those held on something at least: the page shows what they open. `rights_everywhere` are those held on
    everything: what concerns no unit, or all of them, needs one of these.
    """

    person: PersonOut
    rights: list[Right]
    rights_everywhere: list[Right]
    expires_at: datetime
    default_level: LevelName
    highest_level: LevelName
    pseudonyms: PseudonymRule | None
    level_names: dict[LevelName, LevelNames] = Field(description="Levels that the institution calls otherwise")


class SignedOut(BaseModel):
    """The session is over here; `ticket`, posted once to /api/sign-out, ends it at the provider too."""

    ticket: str


class UnitName(BaseModel):
    """A unit, where only its name is shown."""

    id: UUID
    name: str


class RoleName(BaseModel):
    """A role, where only its name is shown."""

    code: str
    name_fr: str
    name_en: str


class ListedPerson(PersonOut):
    """A person, as shown to an administrator; `unit` is the main one, `roles` what is held beyond what everybody is."""

    state: PersonState
    last_seen_at: datetime | None
    unit: UnitName | None = None
    roles: list[RoleName] = []


class PersonDetail(ListedPerson):
    """A person, alone on their page. `missing` is the right that the caller lacks to disable or enable them.

    `holds_more`: they hold more than the caller, who therefore changes nothing of them. `issuer` says who vouches for
    them: `local`, or a provider.
    """

    issuer: str
    created_at: datetime
    missing: Right | None
    holds_more: bool


class PersonPage(BaseModel):
    """Persons by name; `next_cursor` is null on the last page."""

    items: list[ListedPerson]
    next_cursor: str | None


InvitationOrder = Literal["name", "-name", "email", "-email", "role", "-role", "end", "-end"]


class InvitationOut(BaseModel):
    """A pending invitation, without its link."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    name: str
    is_administrator: bool
    created_at: datetime
    expires_at: datetime


class InvitationPage(BaseModel):
    """Pending invitations, newest first."""

    items: list[InvitationOut]
    next_cursor: str | None


class InvitationLink(BaseModel):
    """Shown once: the address to hand to the person."""

    id: UUID
    link: str
    expires_at: datetime


class SignInWay(BaseModel):
    """One way of the sign-in screen: the button of a provider, or the form of a directory."""

    model_config = ConfigDict(from_attributes=True)

    kind: Literal["openid", "directory"]
    code: str
    name_fr: str
    name_en: str


class InstallationOut(BaseModel):
    """What the page needs before anybody signed in. `local_sign_in`: the form of e-mail and password works."""

    name: str
    version: str
    needs_first_administrator: bool
    languages: list[Language]
    providers: list[SignInWay]
    local_sign_in: bool

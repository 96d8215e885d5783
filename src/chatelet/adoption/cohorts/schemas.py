"""What the routes of waves read and write."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chatelet.adoption.cohorts.codes import LONGEST_CODE
from chatelet.identity.names import LONGEST_EMAIL, LONGEST_NAME
from chatelet.identity.passwords import LONGEST_PASSWORD
from chatelet.identity.principal import Language
from chatelet.identity.schemas import UnitName, Written
from chatelet.identity.tokens import LONGEST_TOKEN

MOST_AT_ONCE = 5_000
CohortState = Literal["prepared", "open", "closed"]
VolunteerState = Literal["unconfirmed", "waiting", "chosen", "invited", "activated", "declined"]
MailKind = Literal["confirmation", "invitation", "activation", "reminder"]
CohortOrder = Literal[
    "name", "-name", "unit", "-unit", "state", "-state", "opens", "-opens", "members", "-members", "activated",
    "-activated",
]  # fmt: skip
VolunteerOrder = Literal["registered", "-registered", "name", "-name", "unit", "-unit", "state", "-state"]
OpeningOrder = Literal["day", "-day", "unit", "-unit"]
ProgressOrder = Literal["unit", "-unit", "invited", "-invited", "activated", "-activated", "active", "-active"]
Rule = Literal["by_hand", "first_come", "unit_share"]
_Email = Annotated[str, Field(min_length=1, max_length=LONGEST_EMAIL)]
_Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
_Password = Annotated[str, Field(min_length=1, max_length=4 * LONGEST_PASSWORD)]
_Ids = Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]


class _Sent(Written):
    model_config = ConfigDict(strict=False)  # identifiers and dates come as texts


class RegistrationOut(BaseModel):
    """Whether the page takes registrations, from addresses of which domains (none: any), and confirms them by mail."""

    open: bool
    mail: bool
    domains: list[str]


class NewRegistration(Written):
    """Who asks to use the service, where they work, what for."""

    email: _Email
    name: _Name
    unit: str = Field(default="", max_length=200)
    uses: str = Field(default="", max_length=2_000)
    language: Language = "fr"


class TokenIn(Written):
    """The token of a link sent by mail."""

    token: str = Field(min_length=1, max_length=LONGEST_TOKEN)


class LinkRequest(Written):
    """The address that an activation link is asked for."""

    email: _Email


class CodeActivation(Written):
    """A code on paper, with the address it was made for."""

    email: _Email
    code: str = Field(min_length=1, max_length=LONGEST_CODE)
    password: _Password
    language: Language = "fr"


class LinkActivation(TokenIn):
    """A link sent by mail."""

    password: _Password
    language: Language = "fr"


class OwnActivation(Written):
    """For somebody who already has an account: a code on paper, or the token of a link sent by mail."""

    code: str | None = Field(default=None, min_length=1, max_length=LONGEST_CODE)
    token: str | None = Field(default=None, min_length=1, max_length=LONGEST_TOKEN)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.code is None) == (self.token is None):
            raise ValueError("either a code or a token")
        return self


class NewCohort(_Sent):
    """A wave to prepare."""

    name: str = Field(min_length=1, max_length=120)
    unit_id: UUID | None = None
    capacity: int = Field(ge=1, le=1_000_000)
    opens_on: date
    closes_on: date


class CohortChange(_Sent):
    """What may change of a wave; absent means unchanged."""

    name: str | None = Field(default=None, min_length=1, max_length=120)
    capacity: int | None = Field(default=None, ge=1, le=1_000_000)
    opens_on: date | None = None
    closes_on: date | None = None
    state: CohortState | None = None


class CohortOut(BaseModel):
    """A wave, with how many places are taken."""

    id: UUID
    name: str
    unit: UnitName | None
    capacity: int
    opens_on: date
    closes_on: date
    state: CohortState
    is_open: bool
    members: int
    invited: int
    activated: int


class CohortPage(BaseModel):
    """A page of waves."""

    items: list[CohortOut]
    next_cursor: str | None


class UnitProgress(BaseModel):
    """One unit of a wave; a figure from 1 to 4, or that would tell one, is null."""

    unit: UnitName | None
    invited: int | None
    activated: int | None
    active: int | None


class CurvePoint(BaseModel):
    """So many had opened their account by the end of this day."""

    day: date
    activated: int


class CohortProgress(BaseModel):
    """How far a wave is, by unit, page by page; `active` were seen in the last twenty-eight days.

    `total` and `curve` are of the whole wave whatever is searched; `several`: it has more units than one.
    """

    units: list[UnitProgress]
    next_cursor: str | None
    several: bool
    total: UnitProgress
    curve: list[CurvePoint]


class VolunteerOut(BaseModel):
    """A volunteer, as shown to whoever manages waves where they work.

    `unit_confirmed`: somebody who manages waves said that the unit is theirs; otherwise they alone did.
    """

    id: UUID
    email: str
    name: str
    unit: UnitName | None
    unit_confirmed: bool
    unit_told: str
    uses: str
    language: Language
    state: VolunteerState
    is_confirmed: bool
    cohort_id: UUID | None
    registered_at: datetime
    invited_at: datetime | None
    activated_at: datetime | None


class VolunteerPage(BaseModel):
    """Volunteers in the order of their registration; `next_cursor` is null on the last page."""

    items: list[VolunteerOut]
    total: int
    next_cursor: str | None


class NewVolunteer(Written):
    """A person whom an administrator puts on the waiting list; `unit` is a code or a name."""

    email: _Email
    name: _Name
    unit: str = Field(default="", max_length=200)
    language: Language = "fr"


class NewVolunteers(Written):
    """Persons put on the waiting list together: all of them, or none when one is not well formed."""

    volunteers: list[NewVolunteer] = Field(min_length=1, max_length=MOST_AT_ONCE)


class AddedVolunteers(BaseModel):
    """How many were added, and how many were already there."""

    added: int
    known: int


class Choice(_Sent):
    """Who enters a wave: these volunteers, or `count` by a rule. `preview`: nothing is done."""

    rule: Rule = "by_hand"
    ids: list[UUID] = Field(default_factory=list[UUID], max_length=MOST_AT_ONCE)
    count: int = Field(default=0, ge=0, le=1_000_000)
    preview: bool = False


class Chosen(BaseModel):
    """Who entered, or would: how many, from which units, and how many places remain after.

    `unconfirmed`: of how many nobody but themselves said the unit; their account will have none.
    """

    count: int
    left: int
    unconfirmed: int
    units: list[tuple[str, int]]


class Ids(_Sent):
    """Several volunteers."""

    ids: _Ids


class CodeSlip(BaseModel):
    """What is printed for one person."""

    name: str
    email: str
    unit: str
    language: Language
    code: str


class CodesOut(BaseModel):
    """Codes, shown this once: earlier ones of the same persons no longer work. `csv` is the same as a file."""

    cohort: str
    address: str
    closes_on: date
    items: list[CodeSlip]
    csv: str


class MessagesRequest(_Sent):
    """Which message to send to the members who have not opened their account; `preview`: only how many."""

    kind: Literal["invitation", "reminder"]
    preview: bool = False


class MessagesOut(BaseModel):
    """How many messages leave, and how many earlier ones could not be delivered."""

    count: int
    refused: int


class Opening(_Sent):
    """The persons of this unit may use the service from this day on."""

    unit_id: UUID
    opens_on: date


class OpeningOut(BaseModel):
    """An opened unit."""

    unit: UnitName
    opens_on: date


class OpeningPage(BaseModel):
    """A page of opened units."""

    items: list[OpeningOut]
    next_cursor: str | None


class MailWordsOut(BaseModel):
    """The words of one message; `is_own` when an administrator wrote them."""

    kind: MailKind
    language: Language
    subject: str
    body: str
    is_own: bool


class NewMailWords(Written):
    """The words of one message. Their places: {name} {institution} {link} {cohort} {closes_on}."""

    kind: MailKind
    language: Language
    subject: str = Field(min_length=1, max_length=200)
    body: str = Field(min_length=1, max_length=8_000)

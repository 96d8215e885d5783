"""What the routes of single sign-on read and write. A client secret goes in and never comes out."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from chatelet.identity.principal import Language
from chatelet.identity.schemas import Written
from chatelet.identity.single_sign_on.claims import Operator
from chatelet.identity.single_sign_on.provider import is_safe_address
from chatelet.identity.tokens import LONGEST_TOKEN
from chatelet.kernel.outbound import origin_of

_Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
_Name = Annotated[str, Field(min_length=1, max_length=80)]
_Address = Annotated[str, Field(min_length=8, max_length=500)]
_ClientId = Annotated[str, Field(min_length=1, max_length=500)]
_Secret = Annotated[str, Field(min_length=1, max_length=2_000)]
_Scope = Annotated[str, Field(pattern=r"^[\x21\x23-\x5b\x5d-\x7e]{1,100}$")]
_Certificate = Annotated[str, Field(max_length=64_000)]
_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Fact = Annotated[str, Field(max_length=200)]
_SCOPES = ["openid", "profile", "email"]
SignOutManner = Literal["ask", "post", "none"]


class SignInStart(Written):
    """Where the page was, to come back to; `silent`: the provider must not ask the person anything."""

    return_to: Annotated[str, Field(max_length=250)] = "/"
    silent: bool = False
    language: Language = "fr"


class SignInAddress(BaseModel):
    """Where the browser must go."""

    address: str


class Unsealing(Written):
    """The secret of the sealed envelope."""

    secret: Annotated[str, Field(min_length=1, max_length=LONGEST_TOKEN)]


class Unsealed(BaseModel):
    """Until when the local form is open for the sealed account."""

    open_until: datetime


class SessionsEnded(BaseModel):
    """How many sessions a provider's request ended."""

    ended: int


class _ProviderFields(Written):
    @field_validator("issuer", check_fields=False)
    @classmethod
    def _safe_issuer(cls, value: str | None) -> str | None:
        if value is not None and not is_safe_address(value):
            raise ValueError("an https address without credentials, query or fragment is expected")
        return value

    @field_validator("other_origins", check_fields=False)
    @classmethod
    def _origins(cls, value: list[str] | None) -> list[str] | None:
        if value is None:
            return None
        if not all(is_safe_address(one) for one in value):
            raise ValueError("https origins are expected")
        return sorted({origin_of(one) for one in value})

    @field_validator("scopes", check_fields=False)
    @classmethod
    def _with_openid(cls, value: list[str] | None) -> list[str] | None:
        return value if value is None else list(dict.fromkeys(["openid", *value]))

    @field_validator("name_fr", "name_en", "client_id", "client_secret", check_fields=False)
    @classmethod
    def _printable(cls, value: str | None) -> str | None:
        if value is not None and not value.isprintable():
            raise ValueError("one line of printable characters is expected")
        return value


class NewProvider(_ProviderFields):
    """A provider to declare."""

    code: _Code
    name_fr: _Name
    name_en: _Name
    issuer: _Address
    client_id: _ClientId
    client_secret: _Secret | None = None
    scopes: Annotated[list[_Scope], Field(max_length=30)] = Field(default_factory=lambda: list(_SCOPES))
    other_origins: Annotated[list[_Address], Field(max_length=10)] = Field(default_factory=list)
    ca_certificate: _Certificate | None = None
    enabled: bool = True
    creates_persons: bool = True
    language: Language = "fr"
    sign_out: SignOutManner = "ask"
    position: Annotated[int, Field(ge=0, le=1_000)] = 0


class ProviderChange(_ProviderFields):
    """What may be changed; absent means unchanged. `client_secret` or `ca_certificate` null: forgotten.

    The issuer is who the persons are of: another issuer is another provider.
    """

    name_fr: _Name | None = None
    name_en: _Name | None = None
    client_id: _ClientId | None = None
    client_secret: _Secret | None = None
    scopes: Annotated[list[_Scope], Field(max_length=30)] | None = None
    other_origins: Annotated[list[_Address], Field(max_length=10)] | None = None
    ca_certificate: _Certificate | None = None
    enabled: bool | None = None
    creates_persons: bool | None = None
    language: Language | None = None
    sign_out: SignOutManner | None = None
    position: Annotated[int, Field(ge=0, le=1_000)] | None = None


class ProviderOut(BaseModel):
    """A provider, as shown to administrators. `return_address` is what they declare at the provider."""

    id: UUID
    kind: Literal["openid", "directory"]
    code: str
    name_fr: str
    name_en: str
    issuer: str
    client_id: str
    has_client_secret: bool
    scopes: list[str]
    other_origins: list[str]
    ca_certificate: str | None
    enabled: bool
    creates_persons: bool
    language: Language
    sign_out: SignOutManner
    position: int
    rules: int
    return_address: str
    sign_out_address: str


class ProviderList(BaseModel):
    """Every provider, and the address to come back to after signing out there."""

    items: list[ProviderOut]
    local_sign_in: bool
    after_sign_out: str


class ProviderProbe(BaseModel):
    """What its discovery document says, or why it does not serve."""

    state: Literal["ready", "failed"]
    error_code: str | None = None
    error_params: dict[str, str | int | float] = {}
    keys: int = 0
    algorithms: list[str] = []
    has_userinfo: bool = False
    ends_sessions: bool = False


class RuleBody(Written):
    """One rule: what the claim must be, and what that gives."""

    model_config = ConfigDict(from_attributes=True)

    claim: _Text
    operator: Operator
    values: Annotated[list[_Fact], Field(max_length=500)] = Field(default_factory=list)
    unit_code: _Text | None = None
    takes_unit_from_claim: bool = False
    role_code: _Text | None = None

    @model_validator(mode="after")
    def _gives_something(self) -> Self:
        if self.unit_code is None and not self.takes_unit_from_claim and self.role_code is None:
            raise ValueError("a rule gives a unit, a role, or both")
        if self.operator != "present" and not any(self.values):
            raise ValueError("a value is expected")
        texts = (self.claim, self.unit_code or "", self.role_code or "", *self.values)
        if not all(text.isprintable() for text in texts):
            raise ValueError("printable characters are expected")
        return self


class Rules(Written):
    """All the rules of a provider, in their order."""

    rules: Annotated[list[RuleBody], Field(max_length=2_000)]


class DryRun(Written):
    """Claims as a provider would tell them; `rules` are tried instead of those kept, when given."""

    claims: dict[str, Any]
    rules: Annotated[list[RuleBody], Field(max_length=2_000)] | None = None


class GiftOut(BaseModel):
    """One rule that matched (`position` from 1), and what it gives, or why it gives nothing."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    claim: str
    value: str
    unit: str | None
    role: str | None
    problem: str | None


class DryRunOut(BaseModel):
    """Who the person would be, and what they would be given."""

    name: str
    email: str | None
    gifts: list[GiftOut]


class SignInOut(BaseModel):
    """One sign-in or silent renewal, for the inspector.

    `outcome`: `signed_in`; of a renewal, `renewed` (and something changed), `not_renewed` (all stays) or
    `ended_by_provider` (the session ended); else the code of the error shown.
    """

    id: UUID
    created_at: datetime
    person_id: UUID | None
    person_name: str | None
    outcome: str
    reason: str | None
    claims: dict[str, Any]
    gifts: list[GiftOut]


class SignInPage(BaseModel):
    """Sign-ins of a provider, newest first."""

    items: list[SignInOut]
    next_cursor: str | None

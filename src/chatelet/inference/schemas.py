"""What routes of inference receive and give.

Writes are explicit, bounded, and never hold a path of the server's disk.
"""

import unicodedata
from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from chatelet.inference.condition import State
from chatelet.inference.prefixes import PrefixCache
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.rules.value import RuleKind
from chatelet.policy.sensitivity import Category, Level

_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs"})


def _plain(value: str) -> str:
    if any(unicodedata.category(char) in _REFUSED_CATEGORIES for char in value):
        raise ValueError("control characters are not accepted")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "\\" in value or not value.isascii():
        raise ValueError("an http(s) address is expected")
    if parts.username is not None or parts.query or parts.fragment or any(char.isspace() for char in value):
        raise ValueError("an address without credentials, query or fragment is expected")
    if parts.port == 0:
        raise ValueError("a port between 1 and 65535 is expected")
    return value.rstrip("/")


def _one_line(value: str) -> str:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("one line of ASCII without spaces is expected")
    return value


Qualification = Literal["secnumcloud", "hds", "iso27001", "c5"]
CardGap = Literal["qualification", "hds", "training", "log_delay", "energy"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_one_line)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_plain)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400), AfterValidator(_plain)]
Upstream = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Ability = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,31}$")]
Languages = Annotated[list[LanguageCode], Field(max_length=64)]
Abilities = Annotated[list[Ability], Field(max_length=16)]
ConnectSeconds = Annotated[float, Field(gt=0, le=60)]
FirstTokenSeconds = Annotated[float, Field(gt=0, le=600)]
BetweenTokensSeconds = Annotated[float, Field(gt=0, le=300)]
ConcurrentAnswers = Annotated[int, Field(ge=1, le=10_000)]
ContextTokens = Annotated[int, Field(ge=512, le=10_000_000)]
OutputTokens = Annotated[int, Field(ge=16, le=1_000_000)]
Price = Annotated[float, Field(ge=0, le=1_000_000)]
Parameters = Annotated[float, Field(gt=0, le=100_000)]
Categories = Annotated[list[Category], Field(max_length=len(Category))]
Days = Annotated[int, Field(ge=0, le=3650)]
Position = Annotated[int, Field(ge=0, le=10_000)]


class _Write(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ZoneBody(_Write):
    """Where a backend is."""

    name: Label
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}$")]
    operator: Label
    legal_reach: Label
    qualifications: Annotated[list[Qualification], Field(max_length=4)] = []


class ZoneOut(BaseModel):
    """Where a backend is: who runs the machines, and whose law reaches them."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    country: str
    operator: str
    legal_reach: str
    qualifications: list[Qualification] = Field(description="Of the hosting, as its operator proved them")


class ModelRefusal(BaseModel):
    """A rule of one's units that keeps words from a model: whatever they are, or those of `category`."""

    rule: RuleKind
    unit: str = Field(description="Empty: a rule of the whole institution")
    category: Category | None


class ModelOut(BaseModel):
    """A model as offered to people."""

    id: str
    display_name: str
    description: dict[Literal["fr", "en"], str] | None
    zone: ZoneOut
    highest_level: Level
    categories: list[Category] = Field(description="Categories it may receive")
    languages: list[str]
    abilities: list[str]
    context_tokens: int
    no_training: bool
    log_delay_days: int | None
    price_input: float | None = Field(description="Euros per million tokens read")
    price_output: float | None = Field(description="Euros per million tokens written")
    renewal_date: date | None
    card_gaps: list[CardGap] = Field(description="What the contract card lacks, or does not promise")
    refusals: list[ModelRefusal] = Field(description="What the rules of one's units keep from it")
    is_default: bool
    demonstration: bool
    state: State
    progress: float | None = Field(description="Between 0 and 1 while loading")


class ModelList(BaseModel):
    """Models in the order to show them."""

    items: list[ModelOut]


class NewBackend(_Write):
    """A server to add. The key is kept sealed, sent only to this address's origin, and never shown again."""

    name: Slug
    url: Address
    api_key: Secret | None = None
    zone: ZoneBody
    connect_seconds: ConnectSeconds = 5
    first_token_seconds: FirstTokenSeconds = 60
    between_tokens_seconds: BetweenTokensSeconds = 30
    concurrent_answers: ConcurrentAnswers | None = None
    prefix_cache: PrefixCache = "shared"
    enabled: bool = True


class BackendChange(_Write):
    """What to change; absent fields stay. `api_key: null` removes the key, and so does moving to another origin."""

    url: Address | None = None
    api_key: Secret | None = None
    zone: ZoneBody | None = None
    connect_seconds: ConnectSeconds | None = None
    first_token_seconds: FirstTokenSeconds | None = None
    between_tokens_seconds: BetweenTokensSeconds | None = None
    concurrent_answers: ConcurrentAnswers | None = None
    prefix_cache: PrefixCache | None = None
    enabled: bool | None = None


class BackendOut(BaseModel):
    """A backend as administrators see it. `source: file` rows are set again from chatelet.toml at each start."""

    name: str
    url: str
    has_api_key: bool
    zone: ZoneOut
    connect_seconds: float
    first_token_seconds: float
    between_tokens_seconds: float
    concurrent_answers: int | None = Field(description="Beyond, people wait in a fair queue; null: the server queues")
    prefix_cache: PrefixCache = Field(
        description="salted: honours cache_salt; shared: not known to; none: keeps nothing"
    )
    enabled: bool
    source: Literal["file", "page"]
    state: State
    error_code: str | None
    created_at: datetime
    updated_at: datetime


class BackendList(BaseModel):
    """Every declared backend."""

    items: list[BackendOut]


class ProbeOut(BaseModel):
    """What a probe just found."""

    state: State
    error_code: str | None


class NewModel(_Write):
    """A model to offer; `upstream` is the name its server knows it by."""

    id: Slug
    display_name: Label
    description_fr: Sentence | None = None
    description_en: Sentence | None = None
    backend: Slug
    upstream: Upstream
    context_tokens: ContextTokens = 8_192
    max_output_tokens: OutputTokens = 4_096
    languages: Languages = ["fr", "en"]
    abilities: Abilities = ["chat"]
    highest_level: DeclaredLevel = Level.INTERNAL
    categories: Categories = [Category.PERSONAL]
    no_training: bool = False
    log_delay_days: Days | None = None
    price_input: Price | None = None
    price_output: Price | None = None
    active_parameters_billions: Parameters | None = None
    renewal_date: date | None = None
    enabled: bool = True
    is_default: bool = False
    position: Position = 100
    demonstration: bool = False


class ModelChange(_Write):
    """What to change; absent fields stay, null empties those that may be empty."""

    display_name: Label | None = None
    description_fr: Sentence | None = None
    description_en: Sentence | None = None
    backend: Slug | None = None
    upstream: Upstream | None = None
    context_tokens: ContextTokens | None = None
    max_output_tokens: OutputTokens | None = None
    languages: Languages | None = None
    abilities: Abilities | None = None
    highest_level: DeclaredLevel | None = None
    categories: Categories | None = None
    no_training: bool | None = None
    log_delay_days: Days | None = None
    price_input: Price | None = None
    price_output: Price | None = None
    active_parameters_billions: Parameters | None = None
    renewal_date: date | None = None
    enabled: bool | None = None
    is_default: bool | None = None
    position: Position | None = None
    demonstration: bool | None = None


class ModelAdminOut(BaseModel):
    """A model as administrators see it. `source: file` rows are set again from chatelet.toml at each start."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    display_name: str
    description_fr: str | None
    description_en: str | None
    backend: str
    upstream: str
    context_tokens: int
    max_output_tokens: int
    languages: list[str]
    abilities: list[str]
    highest_level: Level
    categories: list[Category]
    no_training: bool
    log_delay_days: int | None
    price_input: float | None
    price_output: float | None
    active_parameters_billions: float | None
    renewal_date: date | None
    enabled: bool
    is_default: bool
    position: int
    demonstration: bool
    source: Literal["file", "page"]
    created_at: datetime
    updated_at: datetime


class ModelAdminList(BaseModel):
    """Every declared model."""

    items: list[ModelAdminOut]

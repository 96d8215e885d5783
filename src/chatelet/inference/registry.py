"""Which backends and models there are, as one frozen value in memory: reading it costs no query.

rows of the database (+ the embedded model where it applies) -> Snapshot -> told to whoever follows changes
`refresh` at start, after each change in this process, and at each notification from another
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.inference import queries
from chatelet.inference.model_files import DEFAULT_MODEL_FILE, SMALL_MODEL_FILE
from chatelet.inference.prefixes import PrefixCache, prefix_cache_of
from chatelet.inference.sentence_encoder import ENCODER_MODEL
from chatelet.inference.tables import BackendRow, ModelRow
from chatelet.inference.usage import Prices
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.policy.zones import Zone
from chatelet.settings import Settings

REGISTRY_CHANNEL: Final = "chatelet_registry"
EMBEDDED: Final = "embedded"
CHAT: Final = "chat"
EMBEDDINGS: Final = "embeddings"
VISION: Final = "vision"  # it looks at images, beside reading
RERANK: Final = "rerank"
ENCODER: Final = "encoder"  # the embedded sentence encoder, beside the models that are offered
EMBEDDED_CONTEXT_TOKENS: Final = 4_096
_EMBEDDED_NAMES: Final = {DEFAULT_MODEL_FILE: "Qwen2.5 Coder 1.5B", SMALL_MODEL_FILE: "Qwen2.5 Coder 0.5B"}


@dataclass(frozen=True, slots=True)
class Backend:
    """A server that runs models. `credential` is None, or a sealed key with the only origin it may be sent to."""

    name: str
    url: str
    zone: Zone
    connect_seconds: float
    first_token_seconds: float
    between_tokens_seconds: float
    ca_file: Path | None = None
    api_key_file: Path | None = None
    api_key_sealed: bytes | None = field(default=None, repr=False)
    key_origin: str | None = None
    concurrent_answers: int | None = None
    prefix_cache: PrefixCache = "shared"

    @property
    def is_embedded(self) -> bool:
        """Whether it is the process that this installation runs itself."""
        return self.name == EMBEDDED


@dataclass(frozen=True, slots=True)
class Model:
    """A model as offered to people."""

    id: str
    display_name: str
    description: dict[str, str] | None
    backend: Backend
    upstream: str
    context_tokens: int
    max_output_tokens: int
    languages: tuple[str, ...]
    abilities: tuple[str, ...]
    highest_level: Level
    categories: frozenset[Category]
    no_training: bool
    log_delay_days: int | None
    prices: Prices
    active_parameters_billions: float | None
    renewal_date: date | None
    is_default: bool
    demonstration: bool

    @property
    def accepts(self) -> Label:
        """The most that it may receive."""
        return Label(self.highest_level, self.categories)

    @property
    def zone(self) -> Zone:
        """Where the words go."""
        return self.backend.zone

    @property
    def sees(self) -> bool:
        """Whether it may be shown pictures."""
        return VISION in self.abilities


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Enabled models of enabled backends, in the order shown; the default first among equals."""

    models: tuple[Model, ...] = ()
    backends: tuple[Backend, ...] = ()

    @property
    def default(self) -> Model | None:
        """The model of a person who chose none."""
        return next((model for model in self.models if model.is_default), self.models[0] if self.models else None)

    def offering(self, ability: str | None, among: frozenset[str] | None = None) -> "Snapshot":
        """Return the models that have an ability (None: any), of those `among` (None: all)."""
        if among is None and all(ability is None or ability in model.abilities for model in self.models):
            return self
        kept = [model for model in self.models if ability is None or ability in model.abilities]
        return replace(self, models=tuple(model for model in kept if among is None or model.id in among))

    def find(self, model_id: str) -> Model | None:
        """Return a model by its identifier."""
        return next((model for model in self.models if model.id == model_id), None)


Follower = Callable[[Snapshot], None]


class Registry:
    """Holds the snapshot of this process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._followers: list[Follower] = []
        self.snapshot = Snapshot()

    def follow(self, follower: Follower) -> None:
        """Call `follower(snapshot)` after each change."""
        self._followers.append(follower)

    async def refresh(self, session: AsyncSession) -> Snapshot:
        """Read the tables again; tell the followers when something changed."""
        backends = await queries.enabled_backends(session)
        models = await queries.enabled_models(session)
        snapshot = compose(backends, models, self._settings)
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            for follower in self._followers:
                follower(snapshot)
        return snapshot


def compose(backend_rows: list[BackendRow], model_rows: list[ModelRow], settings: Settings) -> Snapshot:
    """Make the snapshot: what the tables hold, and the embedded model where the settings want it."""
    backends = {row.name: _backend(row) for row in backend_rows}
    models = [_model(row, backends[row.backend]) for row in model_rows if row.backend in backends]
    mode = settings.embedded.mode
    is_alone = not any(CHAT in model.abilities for model in models)
    if mode == "always" or (mode == "automatic" and is_alone):
        model = embedded_model(settings, is_default=is_alone)
        backends[EMBEDDED] = model.backend
        models.append(model)
    return Snapshot(tuple(models), tuple(backends.values()))


def embedded_model(settings: Settings, *, is_default: bool) -> Model:
    """Describe the demonstration model. Nothing leaves the machine, so the installation's own ceiling is its level."""
    name = settings.embedded.name
    here = Zone(name="local", country="FR", operator=settings.institution_name, legal_reach="FR")
    backend = Backend(
        name=EMBEDDED,
        url="http://127.0.0.1",
        zone=here,
        connect_seconds=5,
        first_token_seconds=300,
        between_tokens_seconds=60,
        concurrent_answers=1,
    )
    return Model(
        id=name,
        display_name=_EMBEDDED_NAMES[name],
        description={
            "fr": "Petit modèle de démonstration, exécuté sur cette machine : il se trompe souvent.",
            "en": "Small demonstration model, run on this machine: it is often wrong.",
        },
        backend=backend,
        upstream=name,
        context_tokens=EMBEDDED_CONTEXT_TOKENS,
        max_output_tokens=1_024,
        languages=("fr", "en"),
        abilities=("chat",),
        highest_level=Level(settings.policy.highest_level),
        categories=frozenset(Category),
        no_training=True,
        log_delay_days=0,
        prices=Prices(None, None),
        active_parameters_billions=None,
        renewal_date=None,
        is_default=is_default,
        demonstration=True,
    )


def encoder_model(settings: Settings) -> Model:
    """Describe the embedded sentence encoder: it makes vectors where no other model does, and is offered to nobody."""
    backend = replace(embedded_model(settings, is_default=False).backend, name=ENCODER, concurrent_answers=None)
    return replace(
        embedded_model(settings, is_default=False),
        id=ENCODER_MODEL,
        display_name="Universal Sentence Encoder",
        description=None,
        backend=backend,
        upstream=ENCODER_MODEL,
        abilities=(EMBEDDINGS,),
        demonstration=False,
    )


def _backend(row: BackendRow) -> Backend:
    return Backend(
        name=row.name,
        url=row.url,
        zone=Zone(
            row.zone_name, row.zone_country, row.zone_operator, row.zone_legal_reach, tuple(row.zone_qualifications)
        ),
        connect_seconds=row.connect_seconds,
        first_token_seconds=row.first_token_seconds,
        between_tokens_seconds=row.between_tokens_seconds,
        ca_file=Path(row.ca_file) if row.ca_file else None,
        api_key_file=Path(row.api_key_file) if row.api_key_file else None,
        api_key_sealed=row.api_key_sealed,
        key_origin=row.key_origin,
        concurrent_answers=row.concurrent_answers,
        prefix_cache=prefix_cache_of(row.prefix_cache),
    )


def _model(row: ModelRow, backend: Backend) -> Model:
    described = {"fr": row.description_fr, "en": row.description_en}
    return Model(
        id=row.id,
        display_name=row.display_name,
        description={language: text for language, text in described.items() if text} or None,
        backend=backend,
        upstream=row.upstream,
        context_tokens=row.context_tokens,
        max_output_tokens=row.max_output_tokens,
        languages=tuple(row.languages),
        abilities=tuple(row.abilities),
        highest_level=Level(row.highest_level),
        categories=Label.of(row.highest_level, row.categories).categories,
        no_training=row.no_training,
        log_delay_days=row.log_delay_days,
        prices=Prices(row.price_input, row.price_output),
        active_parameters_billions=row.active_parameters_billions,
        renewal_date=row.renewal_date,
        is_default=row.is_default,
        demonstration=row.demonstration,
    )

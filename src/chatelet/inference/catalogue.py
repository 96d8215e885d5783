"""Every write to backends and models: chatelet.toml followed at each start, changes by administrators at run time.

Rows of the file are set again from the file at each start, so that what is written there is what runs: a change made
on the page to such a row lasts until the next start. Rows made on the page are never touched by the file, unless it
takes their name. Each change is journalled and announced to every process.
"""

from typing import Any, Final

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity.principal import Principal
from chatelet.inference import queries
from chatelet.inference.errors import BackendInUse, BackendNotFound, ModelNotFound, NameTaken
from chatelet.inference.registry import EMBEDDED, REGISTRY_CHANNEL
from chatelet.inference.schemas import BackendChange, ModelChange, NewBackend, NewModel, ZoneBody
from chatelet.inference.tables import BackendRow, ModelRow
from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.notifications import notify
from chatelet.kernel.outbound import origin_of

_MAY_BE_EMPTY: Final = frozenset(
    {
        "description_fr",
        "description_en",
        "log_delay_days",
        "price_input",
        "price_output",
        "active_parameters_billions",
        "renewal_date",
    }
)

_TOLD: Final = (
    "url",
    "key_origin",
    "zone_name",
    "zone_country",
    "zone_operator",
    "zone_legal_reach",
    "zone_qualifications",
    "connect_seconds",
    "first_token_seconds",
    "between_tokens_seconds",
    "concurrent_answers",
    "prefix_cache",
    "enabled",
)


async def add_backend(
    session: AsyncSession, administrator: Principal, keyring: Keyring, body: NewBackend
) -> BackendRow:
    """Declare a server. Raises `NameTaken`."""
    if body.name == EMBEDDED or await queries.backend(session, body.name) is not None:
        raise NameTaken(name=body.name)
    moment = now()
    fields = body.model_dump(exclude={"api_key", "zone", "url"})
    row = BackendRow(**fields, **_zone(body.zone), url=base_address(body.url), source="page")
    row.created_at = row.updated_at = moment
    row.api_key_sealed = row.api_key_file = row.key_origin = row.ca_file = None
    _give_key(row, body.api_key, keyring)
    session.add(row)
    await session.flush()
    await _tell(session, administrator, events.BackendChanged(backend=row.name, action="added"))
    return row


async def change_backend(
    session: AsyncSession, administrator: Principal, keyring: Keyring, name: str, body: BackendChange
) -> BackendRow:
    """Change a server. Its key does not follow it to another origin. Raises `BackendNotFound`."""
    row = await _backend(session, name)
    given = body.model_fields_set
    before = changes.seen(row, _TOLD)
    if body.url is not None:
        row.url = base_address(body.url)
        if row.key_origin != origin_of(row.url):
            row.api_key_sealed = row.api_key_file = row.key_origin = None
    if "api_key" in given:
        _give_key(row, body.api_key, keyring)
    if body.zone is not None:
        for column, value in _zone(body.zone).items():
            setattr(row, column, value)
    for column in given - {"url", "api_key", "zone"}:
        value = getattr(body, column)
        if value is not None:
            setattr(row, column, value)
    row.updated_at = now()
    await session.flush()
    values = changes.between(before, changes.seen(row, _TOLD), texts=_TOLD)
    event = events.BackendChanged(backend=name, action="changed", changed=tuple(sorted(given)), values=values)
    await _tell(session, administrator, event)
    return row


async def remove_backend(session: AsyncSession, administrator: Principal, name: str) -> None:
    """Forget a server that no model uses. Raises `BackendNotFound`, `BackendInUse`."""
    row = await _backend(session, name)
    models = await queries.models_on(session, name)
    if models:
        raise BackendInUse(name=name, models=models)
    await session.delete(row)
    await session.flush()
    await _tell(session, administrator, events.BackendChanged(backend=name, action="removed"))


async def add_model(session: AsyncSession, administrator: Principal, body: NewModel) -> ModelRow:
    """Offer a model. Raises `NameTaken`, `BackendNotFound`."""
    await _backend(session, body.backend)
    if await queries.model(session, body.id) is not None:
        raise NameTaken(name=body.id)
    moment = now()
    row = ModelRow(**body.model_dump(), source="page", created_at=moment, updated_at=moment)
    if row.is_default:
        await _nothing_else_default(session, row.id)
    session.add(row)
    await session.flush()
    event = events.ModelChanged(model=row.id, action="added", highest_level=row.highest_level)
    await _tell(session, administrator, event)
    return row


async def change_model(session: AsyncSession, administrator: Principal, model_id: str, body: ModelChange) -> ModelRow:
    """Change how a model is offered. Raises `ModelNotFound`, `BackendNotFound`, `InvalidRequest`."""
    row = await queries.model(session, model_id)
    if row is None:
        raise ModelNotFound(model=model_id)
    if body.backend is not None:
        await _backend(session, body.backend)
    before = changes.seen(row, body.model_fields_set)
    for column in body.model_fields_set:
        value = getattr(body, column)
        if value is None and column not in _MAY_BE_EMPTY:
            raise InvalidRequest(field=column, reason="empty")
        setattr(row, column, value)
    if body.is_default:
        await _nothing_else_default(session, model_id)
    row.updated_at = now()
    await session.flush()
    changed = tuple(sorted(body.model_fields_set))
    values = changes.between(before, changes.seen(row, changed), codes=("highest_level", "backend"), texts=changed)
    event = events.ModelChanged(
        model=model_id, action="changed", changed=changed, highest_level=row.highest_level, values=values
    )
    await _tell(session, administrator, event)
    return row


async def remove_model(session: AsyncSession, administrator: Principal, model_id: str) -> None:
    """Offer a model no more. Raises `ModelNotFound`."""
    found = await session.execute(delete(ModelRow).where(ModelRow.id == model_id).returning(ModelRow.id))
    if found.first() is None:
        raise ModelNotFound(model=model_id)
    await _tell(session, administrator, events.ModelChanged(model=model_id, action="removed"))


async def announce(session: AsyncSession) -> None:
    """Tell every process to read the registry again, once the transaction commits."""
    await notify(session, REGISTRY_CHANNEL, "changed")


def base_address(url: str) -> str:
    """Return the base that paths are added to; an address without a path gets `/v1`, as this dialect's servers do."""
    trimmed = url.rstrip("/").removesuffix("/chat/completions")
    return trimmed if trimmed.count("/") > 2 else f"{trimmed}/v1"


async def one_at_a_time(session: AsyncSession) -> None:
    """Hold the registry's lock until the end of the transaction, so that processes follow the file in turn."""
    await session.execute(text("SELECT pg_advisory_xact_lock(4242004)"))


async def _backend(session: AsyncSession, name: str) -> BackendRow:
    row = await queries.backend(session, name)
    if row is None:
        raise BackendNotFound(name=name)
    return row


def _zone(zone: ZoneBody) -> dict[str, Any]:
    return {f"zone_{name}": value for name, value in zone.model_dump().items()}


def _give_key(row: BackendRow, key: str | None, keyring: Keyring) -> None:
    row.api_key_file = None
    row.api_key_sealed = None if key is None else keyring.seal(key.encode(), key_context(row.name))
    row.key_origin = None if key is None else origin_of(row.url)


def key_context(backend_name: str) -> bytes:
    """Return what a sealed key is bound to."""
    return f"backend:{backend_name}".encode()


async def _nothing_else_default(session: AsyncSession, model_id: str) -> None:
    await session.execute(update(ModelRow).where(ModelRow.id != model_id).values(is_default=False))


async def _tell(
    session: AsyncSession, administrator: Principal, event: events.BackendChanged | events.ModelChanged
) -> None:
    await journal.record(session, event, actor=administrator.person_id)
    await announce(session)

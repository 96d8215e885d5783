"""`[[backends]]` and `[[models]]` of chatelet.toml, followed at each start: set again, added, or removed."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.inference import catalogue
from chatelet.inference.tables import BackendRow, ModelRow
from chatelet.kernel.clock import now
from chatelet.kernel.outbound import origin_of
from chatelet.model_sections import BackendEntry, ModelEntry
from chatelet.settings import Settings


async def follow_file(session: AsyncSession, settings: Settings) -> None:
    """Make the rows of the file what the file says."""
    await catalogue.one_at_a_time(session)
    for entry in settings.backends:
        await _set(session, BackendRow, "name", _backend_fields(entry))
    for position, entry in enumerate(settings.models):
        await _set(session, ModelRow, "id", _model_fields(entry, position))
    if any(entry.default for entry in settings.models):
        chosen = [entry.name for entry in settings.models if entry.default]
        await session.execute(update(ModelRow).where(ModelRow.id != chosen[0]).values(is_default=False))
    await _remove_what_left(session, settings)
    await catalogue.announce(session)


async def _set(
    session: AsyncSession, table: type[BackendRow] | type[ModelRow], key: str, fields: dict[str, Any]
) -> None:
    moment = now()
    row = {**fields, "source": "file", "updated_at": moment}
    statement = insert(table).values(**row, created_at=moment)
    await session.execute(statement.on_conflict_do_update(index_elements=[key], set_=row))


async def _remove_what_left(session: AsyncSession, settings: Settings) -> None:
    """Remove rows of the file that the file no longer has; a backend stays, off, while a model of the page uses it."""
    models = [entry.name for entry in settings.models]
    backends = [entry.name for entry in settings.backends]
    await session.execute(delete(ModelRow).where(ModelRow.source == "file", ModelRow.id.not_in(models)))
    gone = (BackendRow.source == "file") & BackendRow.name.not_in(backends)
    used = select(ModelRow.backend)
    await session.execute(delete(BackendRow).where(gone, BackendRow.name.not_in(used)))
    await session.execute(update(BackendRow).where(gone).values(enabled=False))


def _backend_fields(entry: BackendEntry) -> dict[str, Any]:
    url = catalogue.base_address(entry.url)
    return {
        "name": entry.name,
        "url": url,
        "api_key_sealed": None,
        "api_key_file": str(entry.api_key_file) if entry.api_key_file else None,
        "key_origin": origin_of(url) if entry.api_key_file else None,
        "ca_file": str(entry.ca_file) if entry.ca_file else None,
        "zone_name": entry.zone.name,
        "zone_country": entry.zone.country,
        "zone_operator": entry.zone.operator,
        "zone_legal_reach": entry.zone.legal_reach,
        "zone_qualifications": list(entry.zone.qualifications),
        "connect_seconds": entry.connect_seconds,
        "first_token_seconds": entry.first_token_seconds,
        "between_tokens_seconds": entry.between_tokens_seconds,
        "concurrent_answers": entry.concurrent_answers,
        "prefix_cache": entry.prefix_cache,
        "enabled": True,
    }


def _model_fields(entry: ModelEntry, position: int) -> dict[str, Any]:
    return {
        "id": entry.name,
        "display_name": entry.display_name or entry.name,
        "description_fr": entry.description_fr,
        "description_en": entry.description_en,
        "backend": entry.backend,
        "upstream": entry.upstream or entry.name,
        "context_tokens": entry.context_tokens,
        "max_output_tokens": entry.max_output_tokens,
        "languages": list(entry.languages),
        "abilities": list(entry.abilities),
        "highest_level": entry.highest_level,
        "categories": list(entry.categories),
        "no_training": entry.no_training,
        "log_delay_days": entry.log_delay_days,
        "price_input": entry.price_input,
        "price_output": entry.price_output,
        "active_parameters_billions": entry.active_parameters_billions,
        "renewal_date": entry.renewal_date,
        "enabled": True,
        "is_default": entry.default,
        "position": position,
        "demonstration": False,
    }

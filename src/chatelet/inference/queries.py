"""All SQL that reads the tables of inference. Backends and models belong to the installation; usage to a person."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.inference.tables import BackendRow, ModelRow, UsageRow


async def enabled_backends(session: AsyncSession) -> list[BackendRow]:
    """Return the backends in use."""
    statement = select(BackendRow).where(BackendRow.enabled).order_by(BackendRow.name)
    return list(await session.scalars(statement))


async def enabled_models(session: AsyncSession) -> list[ModelRow]:
    """Return the models in use, in the order shown."""
    statement = select(ModelRow).where(ModelRow.enabled).order_by(ModelRow.position, ModelRow.id)
    return list(await session.scalars(statement))


async def all_backends(session: AsyncSession) -> list[BackendRow]:
    """Return every backend, for administrators."""
    return list(await session.scalars(select(BackendRow).order_by(BackendRow.name)))


async def all_models(session: AsyncSession) -> list[ModelRow]:
    """Return every model, for administrators."""
    return list(await session.scalars(select(ModelRow).order_by(ModelRow.position, ModelRow.id)))


async def backend(session: AsyncSession, name: str) -> BackendRow | None:
    """Return one backend, locked until the end of the transaction."""
    return await session.get(BackendRow, name, with_for_update=True)


async def model(session: AsyncSession, model_id: str) -> ModelRow | None:
    """Return one model, locked until the end of the transaction."""
    return await session.get(ModelRow, model_id, with_for_update=True)


async def models_on(session: AsyncSession, backend_name: str) -> int:
    """Count the models of a backend."""
    statement = select(func.count()).select_from(ModelRow).where(ModelRow.backend == backend_name)
    return await session.scalar(statement) or 0


async def usage_of(session: AsyncSession, person_id: UUID) -> list[UsageRow]:
    """Return a person's usage, oldest first."""
    statement = select(UsageRow).where(UsageRow.person_id == person_id).order_by(UsageRow.created_at)
    return list(await session.scalars(statement))

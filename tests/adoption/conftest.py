"""Adoption's routes beside identity's, on a real server of this process; an institution with a tree of units."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi import FastAPI

from chatelet.adoption import admin as adoption_admin
from chatelet.adoption.charter import admin as charter_admin
from chatelet.adoption.charter import api as charter_api
from chatelet.adoption.cohorts import admin as cohorts_admin
from chatelet.adoption.cohorts import api as cohorts_api
from chatelet.adoption.literacy import api as literacy_api
from chatelet.identity import admin, api
from chatelet.identity.units import admin as units_admin
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.http import install_error_handlers
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.retention import admin as retention
from chatelet.settings import Settings
from tests.identity.conftest import (  # noqa: F401 (fixtures of this folder too)
    Client,
    MakePerson,
    OpenBrowser,
    administrator,
    browser,
    client,
    person,
    settings,
    sql,
)


@pytest.fixture
def app(database: Database, settings: Settings) -> FastAPI:  # noqa: F811
    made = FastAPI(openapi_url=None)
    for module in (api, admin, units_admin):
        made.include_router(module.router)
    for module in (adoption_admin, charter_api, charter_admin, cohorts_api, cohorts_admin, literacy_api, retention):
        made.include_router(module.router)
    install_error_handlers(made)
    made.state.database, made.state.settings = database, settings
    return made


@dataclass(frozen=True)
class Tree:
    """An institute, two laboratories under it, a team under the first."""

    institute: UUID
    physics: UUID
    optics: UUID
    history: UUID


@pytest.fixture
async def tree(database: Database) -> Tree:
    async def make(code: str, name: str, parent: UUID | None, path: list[UUID]) -> UUID:
        unit = uuid7()
        async with database.transaction() as session:
            session.add(
                Unit(
                    id=unit,
                    parent_id=parent,
                    path=[*path, unit],
                    code=code,
                    name=name,
                    sort_name=name.lower(),
                    kind="laboratory",
                    created_at=now(),
                    closed_at=None,
                    merged_into=None,
                )
            )
        return unit

    institute = await make("INST", "Institut", None, [])
    physics = await make("PHY", "Physique", institute, [institute])
    optics = await make("OPT", "Optique", physics, [institute, physics])
    return Tree(institute, physics, optics, await make("HIS", "Histoire", institute, [institute]))


Join = Callable[..., Awaitable[None]]


@pytest.fixture
def join(database: Database) -> Join:
    async def belong(person_id: UUID, unit: UUID, *, main: bool = True) -> None:
        async with database.transaction() as session:
            session.add(Membership(person_id=person_id, unit_id=unit, is_main=main, source="page", created_at=now()))

    return belong


@pytest.fixture
def grant(sql: Callable[..., Awaitable[list[object]]]) -> Callable[..., Awaitable[None]]:  # noqa: F811
    async def give(person_id: UUID, right: str, unit: UUID | None) -> None:
        """Give one right on a unit, through a role made for it."""
        await sql(
            "WITH made AS (INSERT INTO roles (id, code, name_fr, name_en, rights, is_default, is_builtin, created_at,"
            " updated_at) VALUES (gen_random_uuid(), CAST(gen_random_uuid() AS text), 'R', 'R', ARRAY[:right], false,"
            " false, now(), now()) RETURNING id) INSERT INTO grants (id, person_id, role_id, unit_id, source,"
            " created_at) SELECT gen_random_uuid(), :person, id, CAST(:unit AS uuid), 'page', now() FROM made",
            right=right,
            person=person_id,
            unit=str(unit) if unit else None,
        )

    return give

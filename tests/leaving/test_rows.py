"""Every table is known to leaving, and nothing that opens a door, nor anything sealed, leaves as a row."""

from collections import Counter

from sqlalchemy import LargeBinary

from chatelet.kernel.database import Database
from chatelet.leaving import rows
from chatelet.migrations.tables import METADATA
from tests.persons import create_person

PASSWORD = "Les comètes reviennent en 1759"
_DOORS = ("secret", "password", "token")
# Figures and names of settings that only sound like doors.
_HARMLESS = frozenset({
    "prompt_tokens", "completion_tokens", "context_tokens", "max_output_tokens", "tokens", "tokens_read",
    "tokens_written", "first_token_seconds", "between_tokens_seconds", "token_expires_at",
})  # fmt: skip


def test_every_table_is_in_one_set_and_no_other() -> None:
    known = Counter(
        [*rows.ROWS, *rows.ARCHIVED, *rows.JOURNAL, *(one for names in rows.LEFT.values() for one in names)]
    )
    assert known == Counter(list(METADATA.tables)), "say in leaving.rows whether a new table leaves, and how"


def test_what_is_sealed_or_opens_a_door_does_not_leave() -> None:
    for name in rows.ROWS:
        table = METADATA.tables[name]
        closed = rows.closed_columns(table)
        for column in table.columns:
            is_door = any(word in column.name for word in _DOORS) and column.name not in _HARMLESS
            if isinstance(column.type, LargeBinary) or is_door:
                assert column.name in closed, f"{name}.{column.name}"


async def test_every_table_is_read_and_no_password_is(database: Database) -> None:
    async with database.transaction() as session:
        await create_person(session, email="ada@exemple.fr", name="Ada", password=PASSWORD, is_administrator=False)
    connection = await database.connect()
    told: dict[str, list[str]] = {}
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            for name in rows.ROWS:
                told[name] = [line async for line in rows.lines(connection, name)]
    finally:
        await connection.close()
    [ada] = told["persons"]
    assert '"email": "ada@exemple.fr"' in ada
    assert "password_hash" not in ada
    assert "argon2" not in str(told)

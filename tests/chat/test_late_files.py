"""A file whose reading ends late: a model chosen for less is not given what it turned out to hold."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from chatelet.chat import looking, sources
from chatelet.chat.events import NoticeEvent
from chatelet.conversations.parts import AttachmentPart
from chatelet.documents.files import queries
from chatelet.documents.files.tables import File
from chatelet.policy.sensitivity import Label, Level

ANY: Any = cast("Any", None)


def late(level: str, categories: list[str]) -> File:
    return File(id=uuid4(), state="read", kind="image", pages=1, level=level, categories=categories)


@pytest.mark.parametrize(("level", "categories"), [("restricted", []), ("internal", ["health"])])
async def test_what_the_clearance_does_not_cover_waits_for_the_next_question(
    monkeypatch: pytest.MonkeyPatch, level: str, categories: list[str]
) -> None:
    row = late(level, categories)

    async def found(*_given: object) -> dict[UUID, File]:
        return {row.id: row}

    monkeypatch.setattr(sources, "_wait", found)
    notices: list[NoticeEvent] = []
    given = [AttachmentPart(file_id=row.id, name="scan.png", size=10)]
    read = await sources._read(ANY, ANY, ANY, given, Label(Level.INTERNAL), notices)
    assert read == []
    assert [one.params for one in notices] == [{"file": str(row.id), "reason": "file_not_ready"}]


async def test_neither_is_its_picture_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    row = late("restricted", [])

    async def found(*_given: object) -> list[File]:
        return [row]

    async def drawn(*_given: object) -> None:
        raise AssertionError("a picture left")

    class Transaction:
        async def __aenter__(self) -> None: ...
        async def __aexit__(self, *_ended: object) -> None: ...

    monkeypatch.setattr(queries, "files", found)
    monkeypatch.setattr(looking, "_drawn", drawn)
    asked = SimpleNamespace(
        principal=None,
        opened=SimpleNamespace(
            question="", given=[AttachmentPart(file_id=row.id, name="scan.png", size=10)], history=[]
        ),
    )
    services = SimpleNamespace(database=SimpleNamespace(transaction=Transaction))
    model = SimpleNamespace(sees=True, context_tokens=8_192)
    low, high = Label(Level.INTERNAL), Label(Level.RESTRICTED)
    assert (await looking.look(cast("Any", services), cast("Any", asked), cast("Any", model), low)).pictures == ()
    with pytest.raises(AssertionError, match="a picture left"):
        await looking.look(cast("Any", services), cast("Any", asked), cast("Any", model), high)

"""TA-120, TA-123: events are typed, closed, without content, and no field can forge a line."""

import re
from enum import StrEnum
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.audit import events, journal, reference
from chatelet.audit.events import EVENTS, Event
from chatelet.audit.vocabulary import BaseEvent, pack, unpack
from chatelet.kernel.database import Database
from chatelet.kernel.requests import RequestContext, current_request, enter_request
from tests.audit.samples import every_event, sample

_LINE = re.compile(r"[!-~]*\Z")


def _kinds(kind: type[BaseEvent]) -> set[type[BaseEvent]]:
    return {kind} | {leaf for child in kind.__subclasses__() for leaf in _kinds(child)}


def test_the_union_holds_every_class_under_its_own_name():
    leaves = {kind for kind in _kinds(BaseEvent) if not kind.__name__.startswith("_") and kind is not BaseEvent}
    assert set(EVENTS.values()) == leaves
    assert len(EVENTS) == len(leaves)
    for name in EVENTS:
        assert re.fullmatch(r"[a-z_]{1,31}\.[a-z_]{1,31}", name)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
@pytest.mark.parametrize("full", [True, False])
def test_an_event_comes_back_as_it_was(kind: type[Event], full: bool):
    event = sample(kind, full=full)
    object_id, data = pack(event)
    assert unpack(kind, object_id, data) == event
    assert _LINE.match(data)
    assert _LINE.match(object_id or "")


async def test_every_event_is_written_and_read_in_postgresql(database: Database, owner_database: Database):
    actor, other = uuid4(), uuid4()
    written = every_event()
    async with database.transaction() as session:
        for event in written[:5]:
            await journal.record(session, event, actor=actor, acting_for=other)
        await journal.record_all(session, written[5:], actor=actor, acting_for=other)
        found = await (await session.connection()).exec_driver_sql("SELECT * FROM journal_events ORDER BY id")
        rows = [row._mapping for row in found]
    assert [unpack(EVENTS[row["name"]], row["object_id"], row["data"]) for row in rows] == written
    assert {(row["actor"], row["acting_for"]) for row in rows} == {(actor, other)}
    assert {row["result"] for row in rows} == {"done", "refused", "failed"}


class _Level(StrEnum):
    RESTRICTED = "restricted"


def test_members_of_enumerations_of_higher_layers_are_accepted():
    event = events.ConversationCreated(conversation_id=uuid4(), level=_Level.RESTRICTED)
    assert '"level":"restricted"' in pack(event)[1]


FORGERIES = ["a\nb", "a\r\nb", "a\x1b[31mb", "a\u202eb", "a\u2028b", "a b", "a\x00b", "é", "", "a" * 65, "ok\n"]


@pytest.mark.parametrize("text", FORGERIES)
def test_a_field_that_is_not_of_its_closed_set_is_refused(text: str):
    turn = {"turn_id": uuid4(), "conversation_id": uuid4(), "level": "internal"}
    for wrong in (
        events.TurnOpened(**{**turn, "level": text}),
        events.TurnOpened(**turn, model=text),
        events.TurnOpened(**turn, kind=text),
        events.TurnRefused(**turn, rule=text),
        events.PersonChanged(person_id=uuid4(), changed=(text,)),
        events.SignInRefused(reason="unknown_account", account_digest=text),
        events.TurnClosed(turn_id=uuid4(), conversation_id=uuid4(), state=text),
        events.AccessRefused(code="not_found", object_id=text),
    ):
        with pytest.raises(msgspec.ValidationError):
            journal.draft(wrong, actor=None)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_a_figure_that_is_not_one_is_refused(value: float):
    event = events.TurnClosed(turn_id=uuid4(), conversation_id=uuid4(), state="answered", energy_wh=value)
    with pytest.raises(msgspec.ValidationError):
        journal.draft(event, actor=None)


@given(origin=st.text(), request_id=st.text())
def test_what_a_client_sends_is_escaped(origin: str, request_id: str):
    before = current_request()
    enter_request(RequestContext(request_id=request_id, origin=origin))
    row = journal.draft(events.JournalExported(), actor=None)
    enter_request(before)
    assert _LINE.match(row.origin or "")
    assert _LINE.match(row.request_id or "")
    assert len(row.origin or "") <= 64


def test_addresses_are_kept_as_they_are():
    before = current_request()
    for address in ("192.0.2.7", "2001:db8::1"):
        enter_request(RequestContext(request_id="0193f0a0-aaaa", origin=address))
        row = journal.draft(events.JournalExported(), actor=None)
        assert (row.origin, row.request_id) == (address, "0193f0a0-aaaa")
    enter_request(before)
    row = journal.draft(events.JournalExported(), actor=None)
    assert (row.origin, row.request_id) == (None, None)


def test_the_reference_page_tells_every_event_and_every_field():
    page = reference.page()
    for name, kind in EVENTS.items():
        entry = page.split(f"### `{name}`\n", 1)[1].split("###", 1)[0]
        assert (kind.__doc__ or "").split()[0] in entry
        for field in msgspec.structs.fields(kind):
            assert f"- `{field.name}`: " in entry

"""The canonical bytes: injective, and the same for ever."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chatelet.audit.encoding import GENESIS, chain, encode, event_digest, seal_statement
from chatelet.audit.rows import EventRow

VALUES = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.binary(max_size=8),
    st.integers(),
    st.uuids(),
    st.datetimes(timezones=st.just(UTC)),
)
TUPLES = st.lists(VALUES, max_size=5).map(tuple)


@given(one=TUPLES, other=TUPLES)
def test_two_tuples_never_share_their_bytes(one: tuple, other: tuple):
    same = [type(value) for value in one] == [type(value) for value in other] and one == other
    assert (encode(b"label", one) == encode(b"label", other)) is same


@given(values=st.lists(st.text(alphabet="ab\x00\x01", max_size=4), min_size=2, max_size=2))
def test_a_character_does_not_slip_from_one_field_to_the_next(values: list[str]):
    one, other = values
    moved = (one + other[:1], other[1:])
    assert (encode(b"label", (one, other)) == encode(b"label", moved)) is (moved == (one, other))


def test_labels_keep_kinds_apart():
    assert encode(b"a", ("b",)) != encode(b"ab", ())


def test_the_format_does_not_change():
    """Digests written today must be verified in ten years: these constants may never be edited."""
    moment = datetime(2026, 11, 22, 10, 0, 0, 123000, tzinfo=UTC)
    row = EventRow(
        id=UUID("019aaaaa-0000-7000-8000-000000000001"),
        format=1,
        occurred_at=moment,
        actor=UUID(int=1),
        acting_for=None,
        name="turn.opened",
        object_kind="turn",
        object_id="b",
        result="done",
        data="{}",
        origin=None,
        request_id="r",
        digest=b"",
    )
    digest = event_digest(row)
    link = chain(GENESIS, 1, row.id, digest)
    statement = seal_statement(1, link, moment + timedelta(seconds=1), "0123456789abcdef", bytes(32))
    assert GENESIS.hex() == "b4afbc2216ff3fb331f91197b26fbc73f8c0409f2ce5f76b01f5285ce3ae8fc7"
    assert digest.hex() == "d157ead44a88889276610191021644c1f47b12cfd065cb4c38f2a4928f007bdf"
    assert link.hex() == "197c96fe80104b0dfa3344d9478245733d4aa8c9ab66987bbbdbf465fd4502b0"
    assert hashlib.sha256(statement).hexdigest() == "1439c83f6b8c02c5cf725014f937dbfa9c7d103266c6f3d524c9ec451bc224a8"

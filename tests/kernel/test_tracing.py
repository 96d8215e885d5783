"""Spans: nested, bounded, without a sentence; the header in and out; statements by their kind."""

import asyncio
from collections.abc import Iterator

import pytest

from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.tracing import export, parents, spans, statements
from chatelet.kernel.tracing.spans import Span
from chatelet.sections import TracesSettings

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def kept() -> Iterator[list[Span]]:
    taken: list[Span] = []
    spans.install(taken.append)
    yield taken
    spans.install(None)


def test_off_nothing_is_timed() -> None:
    assert not spans.is_on()
    with spans.root("request", "server") as outer, spans.span("turn") as inner:
        outer.note(status=200)
        inner.note(state="answered")
        assert spans.current() is None
        assert spans.traceparent() is None


def test_spans_are_nested_and_end_with_their_error(kept: list[Span]) -> None:
    with pytest.raises(ZeroDivisionError), spans.root("request", "server", within=f"00-{TRACE}-{PARENT}-00"):  # noqa: SIM117
        with spans.span("turn", state="failed"):
            spans.told("statement", 1_000, statement="SELECT")
            raise ZeroDivisionError
    statement, turn, request = kept
    assert [one.parent for one in kept] == [turn.span, request.span, PARENT]
    assert {one.trace for one in kept} == {TRACE}
    assert (turn.attributes, turn.failed) == ({"state": "failed", "error": "ZeroDivisionError"}, True)
    assert (statement.length, statement.failed) == (1_000, False)
    assert spans.current() is None


async def test_tasks_inherit_and_do_not_mix(kept: list[Span]) -> None:
    async def ask(number: int) -> str:
        with spans.root("request", "server", status=number) as outer:
            await asyncio.sleep(0)
            with spans.span("turn"):
                await asyncio.sleep(0)
            assert isinstance(outer, Span)
            return outer.span

    asked = await asyncio.gather(*map(ask, range(20)))
    assert sorted(one.parent or "" for one in kept if one.name == "turn") == sorted(asked)


@pytest.mark.parametrize("sentence", ["Que dit la note ?", "ada@exemple.fr", "deux mots", "", "é", "x" * 121, "a\nb"])
def test_a_span_cannot_hold_a_sentence(kept: list[Span], sentence: str) -> None:
    with spans.root("request", "server", route=sentence) as span:
        span.note(model=sentence)
        with pytest.raises(ValueError, match="not an attribute"):
            span.note(question="oui")
    assert kept[0].attributes == {"route": "?", "model": "?"}


def test_a_share_only_is_kept(kept: list[Span]) -> None:
    spans.install(kept.append, 0.5)
    for _ in range(400):
        with spans.root("request", "server", within=f"00-{TRACE}-{PARENT}-01"), spans.span("turn"):
            pass
    requests = sum(one.name == "request" for one in kept)
    assert 100 < requests < 300  # 0.5 of 400: five standard deviations are 50
    assert requests * 2 == len(kept)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f"00-{TRACE}-{PARENT}-01", (TRACE, PARENT)),
        (f"01-{TRACE}-{PARENT}-00-later", (TRACE, PARENT)),
        (f"00-{TRACE}-{PARENT}-01-more", None),
        (f"ff-{TRACE}-{PARENT}-01", None),
        (f"00-{'0' * 32}-{PARENT}-01", None),
        (f"00-{TRACE}-{'0' * 16}-01", None),
        (f"00-{TRACE.upper()}-{PARENT}-01", None),
        ("", None),
        (None, None),
    ],
)
def test_the_header_of_w3c(header: str | None, found: tuple[str, str] | None) -> None:
    assert parents.read(header) == found
    if found is not None:
        assert parents.read(parents.write(*found)) == found


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT name FROM persons WHERE email = 'ada@exemple.fr'", ("SELECT", "persons")),
        ("\n  INSERT INTO messages (id) VALUES ($1)", ("INSERT", "messages")),
        ("-- why\nUPDATE turns SET state = $1", ("UPDATE", "turns")),
        ("WITH a AS (SELECT 1 FROM turns) DELETE FROM messages", ("WITH", "turns")),
        ("BEGIN;", ("BEGIN", None)),
        ("", ("?", None)),
    ],
)
def test_statements_are_told_by_their_kind(statement: str, kind: tuple[str, str | None]) -> None:
    assert statements.kind_of(statement) == kind


async def test_a_collector_that_is_away_costs_spans_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setattr(export, "_MOST_WAITING", 5)
    outbound = Outbound()
    dropped = export.SPANS.labels("dropped")._value.get()
    exporter = export.Exporter(TracesSettings(endpoint=f"http://127.0.0.1:{unused_tcp_port}"), outbound)
    exporter.start()
    for _ in range(8):
        with spans.root("request", "server"):
            pass
    await exporter.stop()
    await outbound.close()
    assert export.SPANS.labels("dropped")._value.get() - dropped == 8
    assert not spans.is_on()
    assert outbound.declared.keys() == {"traces"}
    assert Purpose.TRACES.value == "traces"

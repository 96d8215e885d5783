"""Visits: one resolution, judged, connected to; the same again at each redirect; limits counted on real bytes (TA-061, TA-064).

The server of these tests is on the loopback: it is reached only as an exact origin declared inside.
"""

import asyncio
import contextlib
import gzip
import socket
import zlib

import pytest
from pydantic import ValidationError
from tests.kernel.egress.conftest import Site, StubResolver

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.posture import Posture
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.egress.reasons import AddressRefused, VisitFailed
from chatelet.kernel.egress.visit import MOST_BYTES, Limits, Visited, Visits
from chatelet.sections import WebSearchSettings

pytestmark = pytest.mark.usefixtures("opened")


@pytest.fixture
def visits(site: Site, resolver: StubResolver) -> Visits:
    return Visits(user_agent="chatelet/test", inside=frozenset({site.origin}), resolver=resolver)


async def refused(visits: Visits, address: str) -> str:
    with pytest.raises(AddressRefused) as caught:
        await visits.fetch(address)
    return caught.value.reason.value


async def failed(visits: Visits, address: str) -> str:
    with pytest.raises(VisitFailed) as caught:
        await visits.fetch(address)
    return caught.value.reason.value


async def test_a_page_is_read(visits: Visits, site: Site) -> None:
    site.page("/a?b=c", "<p>Bonjour à tous</p>".encode(), "text/html; charset=utf-8")
    found = await visits.fetch(f"{site.origin}/a?b=c#part")
    assert found == Visited(f"{site.origin}/a?b=c", 200, "text/html", "utf-8", "<p>Bonjour à tous</p>".encode())


async def test_nothing_of_ours_is_carried(visits: Visits, site: Site) -> None:
    """No cookie, authorisation nor referrer, and the cookie of an answer is not sent to the next."""
    site.page("/one", b"", "text/html", "set-cookie: a=b; path=/", f"location: {site.origin}/two", status="302 Found")
    site.page("/two", b"two", "text/plain")
    assert (await visits.fetch(f"{site.origin}/one")).body == b"two"
    heads = "\n".join(site.requests).lower()
    assert len(site.requests) == 2
    assert not [word for word in ("cookie", "authorization", "referer", "proxy") if f"\n{word}" in heads]
    assert f"host: site.example.org:{site.port}" in heads


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("127.0.0.1", "loopback"),
        ("169.254.169.254", "metadata"),
        ("8.8.8.8 10.0.0.1", "private"),
        ("8.8.8.8 ::1", "loopback"),
        ("2606:4700::1111 ::ffff:127.0.0.1", "translated"),
        ("64:ff9b::7f00:1", "translated"),
        ("2002:7f00:1::", "tunnel"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "tunnel"),
        ("fe80::1", "link_local"),
        ("100.64.0.1", "shared"),
        ("0.0.0.0", "unspecified"),
    ],
)
async def test_one_address_that_is_not_public_refuses_the_name(
    visits: Visits, resolver: StubResolver, answer: str, reason: str
) -> None:
    resolver.say("public.example.org", answer)
    assert await refused(visits, "http://public.example.org/") == reason
    assert resolver.asked == ["public.example.org"]


async def test_a_name_is_resolved_once_and_that_answer_is_connected_to(site: Site, resolver: StubResolver) -> None:
    """A server that answers otherwise the second time (rebinding) is never asked a second time."""
    resolver.say("site.example.org", "127.0.0.1", "192.0.2.1")
    site.page("/", b"here", "text/plain")
    visits = Visits(user_agent="x", inside=frozenset({site.origin}), resolver=resolver)
    assert (await visits.fetch(f"{site.origin}/")).body == b"here"
    assert resolver.asked == ["site.example.org"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "metadata"),
        ("http://[::1]/", "loopback"),
        ("http://2130706433/", "odd_ipv4"),
        ("http://localhost/", "internal_name"),
        ("//10.0.0.1/", "private"),
        ("http://user@site.example.org/", "userinfo"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://127.0.0.1:6379/_INFO", "scheme"),
        ("http://inside.example.org/", "private"),
        ("http://site.example.org:22/", "port"),
    ],
)
async def test_each_redirect_is_judged_again(
    visits: Visits, site: Site, resolver: StubResolver, location: str, reason: str
) -> None:
    resolver.say("inside.example.org", "10.1.2.3")
    site.redirect("/", location)
    assert await refused(visits, f"{site.origin}/") == reason
    assert len(site.requests) == 1


async def test_a_public_page_does_not_lead_to_what_was_declared_inside(resolver: StubResolver, site: Site) -> None:
    """TA-062: the allowance is for the address that was asked for, not for what another site answers."""
    other = f"http://other.example.org:{site.port}"
    resolver.say("other.example.org", "127.0.0.1")
    site.redirect("/", f"{site.origin}/secret")
    visits = Visits(user_agent="x", inside=frozenset({site.origin, other}), resolver=resolver)
    assert await refused(visits, f"{other}/") == "port"
    assert len(site.requests) == 1


async def test_declared_means_this_exact_origin(visits: Visits, site: Site) -> None:
    for address in (
        f"https://site.example.org:{site.port}/",
        f"http://site.example.org:{site.port + 1}/",
        f"http://127.0.0.1:{site.port}/",
        f"http://sub.site.example.org:{site.port}/",
        f"http://x@site.example.org:{site.port}/",
    ):
        with pytest.raises(AddressRefused):
            await visits.fetch(address)
    assert not site.requests


async def test_five_redirects_are_followed_and_no_more(visits: Visits, site: Site) -> None:
    for step in range(10):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.page("/10", b"end", "text/plain")
    assert (await visits.fetch(f"{site.origin}/5")).body == b"end"
    assert await failed(visits, f"{site.origin}/4") == "too_many_redirects"


@pytest.mark.parametrize(
    "kind", ["application/octet-stream", "application/zip", "image/svg+xml", "video/mp4", "application/json", ""]
)
async def test_other_types_are_refused(visits: Visits, site: Site, kind: str) -> None:
    site.page("/", b"x", kind)
    assert await failed(visits, f"{site.origin}/") == "content_type"


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/pdf", "image/png", "application/xhtml+xml"])
async def test_text_pdf_and_images_are_read(visits: Visits, site: Site, kind: str) -> None:
    site.page("/", b"x", kind)
    assert (await visits.fetch(f"{site.origin}/")).kind == kind


async def test_size_is_counted_on_what_is_really_there(visits: Visits, site: Site) -> None:
    """Neither a length that lies nor a body that swells when inflated passes."""
    site.page("/whole", b"a" * MOST_BYTES, "text/plain")
    assert len((await visits.fetch(f"{site.origin}/whole")).body) == MOST_BYTES
    site.page("/more", b"a" * (MOST_BYTES + 1), "text/plain")
    assert await failed(visits, f"{site.origin}/more") == "too_large"
    bomb = gzip.compress(b"\0" * (200 * 1024 * 1024), compresslevel=9)
    assert len(bomb) < 300_000
    site.page("/bomb", bomb, "text/plain", "content-encoding: gzip")
    assert await failed(visits, f"{site.origin}/bomb") == "too_large"
    site.pages["/chunks"] = (
        b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n"
        + (b"%x\r\n" % (MOST_BYTES + 1))
        + b"b" * (MOST_BYTES + 1)
        + b"\r\n0\r\n\r\n"
    )
    assert await failed(visits, f"{site.origin}/chunks") == "too_large"


async def test_encodings(visits: Visits, site: Site) -> None:
    site.page("/gzip", gzip.compress(b"salut"), "text/plain", "content-encoding: gzip")
    assert (await visits.fetch(f"{site.origin}/gzip")).body == b"salut"
    site.page("/deflate", zlib.compress(b"salut"), "text/plain", "content-encoding: deflate")
    assert (await visits.fetch(f"{site.origin}/deflate")).body == b"salut"
    for encoding, body in (
        ("br", b"x"),
        ("gzip, gzip", b"x"),
        ("gzip", b"not gzip"),
        ("gzip", gzip.compress(b"a")[:-9]),
    ):
        site.page("/odd", body, "text/plain", f"content-encoding: {encoding}")
        assert await failed(visits, f"{site.origin}/odd") == "bad_answer"


async def test_time_is_limited_over_the_whole_visit(site: Site, resolver: StubResolver) -> None:
    limits = Limits(total_seconds=0.5)
    visits = Visits(user_agent="x", inside=frozenset({site.origin}), resolver=resolver, limits=limits)
    site.redirect("/", "/slow")
    site.delay = 0.3
    assert await failed(visits, f"{site.origin}/") == "too_late"


async def test_a_connection_that_is_never_taken_is_given_up(resolver: StubResolver) -> None:
    """Long before the whole visit's time: here a line of connections that is full, where nobody takes the next one."""
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        origin = f"http://127.0.0.1:{full.getsockname()[1]}"
        limits = Limits(connect_seconds=0.3)
        visits = Visits(user_agent="x", inside=frozenset({origin}), resolver=resolver, limits=limits)
        async with asyncio.timeout(limits.total_seconds / 2):
            assert await failed(visits, f"{origin}/") == "unreachable"


def test_the_limits_are_those_promised_and_no_setting_passes_them() -> None:
    """TA-064: 10 s to connect, 30 s in all, 10 MB inflated."""
    assert Limits() == Limits(connect_seconds=10, total_seconds=30, most_bytes=10 * 1024 * 1024)
    with pytest.raises(ValidationError):
        WebSearchSettings(read_seconds=31)


async def test_nobody_there(visits: Visits, site: Site, resolver: StubResolver) -> None:
    assert await failed(visits, "http://unknown.example.org/") == "unreachable"
    closed = Visits(user_agent="x", inside=frozenset({"http://127.0.0.1:9"}), resolver=resolver)
    assert await failed(closed, "http://127.0.0.1:9/") == "unreachable"


@pytest.mark.parametrize(
    ("posture", "reason"),
    [
        (Posture(mode="declared"), "egress_closed"),
        (Posture(mode="none"), "egress_closed"),
        (Posture(mode="open", denied=("*.example.org",)), "listed"),
        (Posture(mode="open", allowed=("example.org", "*.gouv.fr")), "not_listed"),
        (Posture(mode="open", allowed=("*.example.org",)), "private"),
    ],
)
async def test_the_posture_is_asked_before_anything_is_resolved(
    site: Site, resolver: StubResolver, posture: Posture, reason: str
) -> None:
    gate.install(gate.Gate(posture))
    resolver.say("public.example.org", "10.0.0.1")
    visits = Visits(user_agent="x", resolver=resolver)
    assert await refused(visits, "http://public.example.org/") == reason
    assert bool(resolver.asked) == (reason == "private")


async def test_contacts_are_counted_by_host_without_what_was_asked(
    visits: Visits, site: Site, opened: gate.Gate
) -> None:
    site.page("/very-secret?q=words", b"x", "text/plain")
    await visits.fetch(f"{site.origin}/very-secret?q=words")
    site.redirect("/away", "http://169.254.169.254/token")
    await refused(visits, f"{site.origin}/away")
    counted = opened.ledger.take()
    assert {(one.host, one.purpose, one.outcome): count.times for one, count in counted.items()} == {
        (f"site.example.org:{site.port}", Purpose.PAGES, "answered"): 2
    }
    assert "secret" not in str(counted)
    assert not opened.ledger.take()

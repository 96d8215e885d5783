"""A host is allowed for a purpose and for no other: lists by purpose, and servers that are never read as pages."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError
from tests.kernel.egress.conftest import Site, StubResolver

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.destinations import from_settings
from chatelet.kernel.egress.posture import PUBLISHING, Posture, posture_of
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.egress.reasons import AddressRefused
from chatelet.kernel.egress.visit import Visits
from chatelet.kernel.outbound import Closed, Endpoint, Outbound, Unreachable
from chatelet.sections import EgressHosts, EgressSettings
from chatelet.settings import Settings

LISTED = [purpose for purpose in Purpose if purpose.value in EgressHosts.model_fields]
DECLARED = [purpose for purpose in LISTED if purpose is not Purpose.PAGES]


def allowing(**lists: tuple[str, ...]) -> Posture:
    return posture_of(EgressSettings(mode="open", hosts=EgressHosts(**lists)))


def refusal(attempt: Callable[[], None]) -> str | None:
    try:
        attempt()
    except AddressRefused as refused:
        return refused.reason.value
    return None


def test_every_purpose_that_leaves_by_a_declaration_may_be_listed() -> None:
    assert set(Purpose) - set(LISTED) == {Purpose.LOCAL_MODELS, Purpose.DATABASE, Purpose.OTHER}


@pytest.mark.parametrize("purpose", DECLARED, ids=str)
def test_a_list_lets_its_hosts_be_contacted_for_its_purpose_alone(purpose: Purpose) -> None:
    others = {other.value: ("elsewhere.example.org",) for other in LISTED if other is not purpose}
    here = gate.Gate(allowing(**{purpose.value: ("one.example.org", "*.two.example.org", "10.1.2.3"), **others}))
    for host in ("one.example.org", "One.example.org", "a.two.example.org", "10.1.2.3"):
        here.check(host, purpose)
        for other in DECLARED:
            if other is not purpose:
                with pytest.raises(gate.EgressClosed):
                    here.check(host, other)
    for host in (
        "two.example.org",
        "xone.example.org",
        "one.example.org.evil.example",
        "10.1.2.30",
        "elsewhere.example.org",
    ):
        with pytest.raises(gate.EgressClosed):
            here.check(host, purpose)
    assert {one.purpose for one in here.ledger.take() if one.host == "two.example.org"} == {purpose}


def test_an_empty_list_closes_a_purpose_and_no_list_leaves_what_is_declared() -> None:
    here = gate.Gate(allowing(mail=()))
    with pytest.raises(gate.EgressClosed):
        here.check("mail.example.org", Purpose.MAIL)
    here.check("models.example.org", Purpose.MODELS)
    here.check("", Purpose.ANTIVIRUS)  # a socket of this machine


def test_a_list_opens_nothing_where_nothing_leaves() -> None:
    closed = posture_of(EgressSettings(mode="none", hosts=EgressHosts(models=("models.example.org", "10.1.2.3"))))
    assert not closed.lets_declared("models.example.org", Purpose.MODELS)
    assert closed.lets_declared("10.1.2.3", Purpose.MODELS)
    assert not closed.lets_declared("10.9.9.9", Purpose.MODELS)


@pytest.mark.parametrize("purpose", DECLARED, ids=str)
def test_a_server_is_no_page_unless_it_publishes_or_the_list_of_pages_names_it(purpose: Purpose) -> None:
    """Declared, listed or contacted: each is enough."""
    publishes = purpose in PUBLISHING
    expected = None if publishes else "other_purpose"
    declared, contacted = gate.Gate(Posture(mode="open")), gate.Gate(Posture(mode="open"))
    declared.reserve("Server.example.org", purpose)
    contacted.check("server.example.org", purpose)
    listed = gate.Gate(allowing(**{purpose.value: ("*.example.org",)}))
    for here in (declared, contacted, listed):
        assert refusal(lambda here=here: here.check_visit("server.example.org")) == expected
        assert refusal(lambda here=here: here.check_visit("other.example")) is None
    named = gate.Gate(allowing(**{purpose.value: ("server.example.org",)}, pages=("server.example.org",)))
    assert refusal(lambda: named.check_visit("server.example.org")) is None


def test_the_list_of_pages_and_the_old_setting_are_one() -> None:
    both = posture_of(
        EgressSettings(mode="open", allowed_hosts=("a.example",), hosts=EgressHosts(pages=("*.b.example",)))
    )
    old = posture_of(EgressSettings(mode="open", allowed_hosts=("a.example",)))
    closed = posture_of(EgressSettings(mode="open", hosts=EgressHosts(pages=())))
    for posture, host, reason in (
        (both, "a.example", None),
        (both, "x.b.example", None),
        (both, "c.example", "not_listed"),
        (old, "a.example", None),
        (old, "c.example", "not_listed"),
        (closed, "a.example", "not_listed"),
    ):
        assert refusal(lambda posture=posture, host=host: posture.check_visit(host)) == reason, (host, reason)
    assert old.lets_declared("c.example", Purpose.MODELS), "what pages may be says nothing of servers"


def test_a_shared_host_is_a_page_too_and_closes_no_other() -> None:
    signing_in = ("sign_in", ("www.example.org", "sso.example.org"))
    both = EgressSettings(mode="open", shared_hosts=("www.example.org",), hosts=EgressHosts(**dict([signing_in])))
    here = gate.Gate(posture_of(both))
    for host, reason in (("www.example.org", None), ("sso.example.org", "other_purpose"), ("else.example", None)):
        assert refusal(lambda host=host: here.check_visit(host)) == reason
    here.reserve("www.example.org", Purpose.MAIL)
    assert refusal(lambda: here.check_visit("www.example.org")) is None
    for narrower in ({"denied_hosts": ("www.example.org",)}, {"allowed_hosts": ("else.example",)}):
        posture = posture_of(both.model_copy(update=narrower))
        assert refusal(lambda posture=posture: posture.check_visit("www.example.org")) in {"listed", "not_listed"}


async def test_a_server_withdrawn_is_a_page_again_once_nothing_declares_it(opened: gate.Gate) -> None:
    outbound, host = Outbound(), "www.example.org"

    def declare(name: str, purpose: Purpose, at: str = host) -> None:
        outbound.declare(name, Endpoint(f"https://{at}/v1", purpose=purpose))

    declare("mistyped", Purpose.MODELS)
    declare("mistyped", Purpose.MODELS)  # declared again: once all the same
    declare("other", Purpose.MODELS)
    declare("engine", Purpose.SEARCH_ENGINE)
    opened.check(host, Purpose.MODELS)
    for name in ("mistyped", "mistyped", "other", "unknown"):
        outbound.withdraw(name)
        assert refusal(lambda: opened.check_visit(host)) == "other_purpose", name
    declare("engine", Purpose.SEARCH_ENGINE, "engine.example.org")
    assert refusal(lambda: opened.check_visit(host)) is None
    assert refusal(lambda: opened.check_visit("engine.example.org")) == "other_purpose"
    await outbound.close()


async def test_through_the_real_client_and_the_real_reader(site: Site, resolver: StubResolver) -> None:
    """A model server answers as one and is no page; a host of pages is no model server."""
    before = gate.current()
    gate.install(gate.Gate(allowing(models=("127.0.0.1",), pages=("localhost",))))
    outbound = Outbound()
    site.page("/v1/models", b"{}", "application/json")
    try:
        outbound.declare("as-model", Endpoint(f"http://127.0.0.1:{site.port}/v1", purpose=Purpose.MODELS))
        outbound.declare("on-a-page", Endpoint(f"http://localhost:{site.port}/v1", purpose=Purpose.MODELS))
        incoming = await outbound.get("as-model", "/models", within=5)
        assert (incoming.status, await incoming.body(100)) == (200, b"{}")
        with pytest.raises(Closed):
            await outbound.get("on-a-page", "/models", within=5)
        assert len(site.requests) == 1
    finally:
        await outbound.close()
        gate.install(before)


async def test_a_declared_model_server_is_not_fetched_by_the_reader_nor_by_a_redirect(
    site: Site, resolver: StubResolver, opened: gate.Gate
) -> None:
    outbound = Outbound()
    outbound.declare("loire", Endpoint("https://models.example.org/v1", purpose=Purpose.MODELS))
    resolver.say("models.example.org", "93.184.215.14")
    visits = Visits(user_agent="x", inside=frozenset({site.origin}), resolver=resolver)
    site.redirect("/to-model", "https://models.example.org/v1/models")
    for address in ("https://models.example.org/v1/models", "https://MODELS.example.org/", f"{site.origin}/to-model"):
        with pytest.raises(AddressRefused) as caught:
            await visits.fetch(address)
        assert caught.value.reason.value == "other_purpose"
    assert "models.example.org" not in resolver.asked
    await outbound.close()
    assert issubclass(Closed, Unreachable)


def test_what_the_settings_declare_is_no_page_from_the_start() -> None:
    before = gate.current()
    settings = Settings(
        egress={"mode": "open"},  # type: ignore[arg-type]
        mail={"host": "mail.example.org", "sender": "a@example.org"},  # type: ignore[arg-type]
    )
    try:
        gate.install_for(settings.egress, [(one.host, one.purpose) for one in from_settings(settings)])
        here = gate.current()
        assert refusal(lambda: here.check_visit("mail.example.org")) == "other_purpose"
        assert refusal(lambda: here.check_visit("www.example.org")) is None
    finally:
        gate.install(before)


def test_the_setting_is_read_from_the_environment_and_refuses_what_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHATELET_EGRESS__HOSTS__MODELS", '["models.example.org", "fd12::1"]')
    lists = posture_of(Settings().egress).lists
    assert lists == {Purpose.MODELS: ("models.example.org", "fd12::1")}
    for wrong in ({"modles": ()}, {"models": ("https://a.example",)}, {"models": ("a.*.example",)}):
        with pytest.raises(ValidationError):
            EgressHosts(**wrong)  # type: ignore[arg-type]

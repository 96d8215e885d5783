"""The page of the network's exits: what is declared, beside what was contacted; counts add up and are forgotten."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from chatelet.destinations import DECLARERS
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.ledger import Contact, Count
from chatelet.kernel.egress.purposes import Purpose
from chatelet.policy.egress import keeping, service
from chatelet.policy.egress.schemas import ExitOut, ExitsOut
from chatelet.sections import EgressSettings
from chatelet.settings import Settings

SETTINGS = Settings(
    mail={"host": "mail.exemple.fr", "sender": "ia@exemple.fr"},  # type: ignore[arg-type]
    storage={"bucket": "fichiers", "endpoint": "https://s3.exemple.fr"},  # type: ignore[arg-type]
    documents={"antivirus": "icap://10.0.0.8/avscan"},  # type: ignore[arg-type]
    database={"url": "postgresql://u:p@base.exemple.fr/chatelet"},  # type: ignore[arg-type]
)


async def read(database: Database, settings: Settings = SETTINGS, days: int = 30) -> ExitsOut:
    async with database.transaction() as session:
        return await service.exits(session, settings, DECLARERS, days)


def found(told: ExitsOut, purpose: Purpose, host: str) -> ExitOut:
    [one] = [item for item in told.items if (item.purpose, item.host) == (purpose, host)]
    return one


async def declare(owner: Database) -> None:
    statements = (
        "INSERT INTO backends (name, url, zone_name, zone_country, zone_operator, zone_legal_reach, connect_seconds,"
        " first_token_seconds, between_tokens_seconds, enabled, source, created_at, updated_at) VALUES"
        " ('loire', 'https://modeles.exemple.fr/v1', 'Salle des machines', 'FR', 'O', 'FR', 5, 5, 5, true, 'page',"
        " now(), now()), ('off', 'https://eteint.exemple.fr/v1', 'Z', 'FR', 'O', 'FR', 5, 5, 5, false, 'page', now(), now())",
        "INSERT INTO sign_in_providers (id, kind, code, name_fr, name_en, issuer, client_id, scopes, other_origins,"
        " enabled, creates_persons, language, sign_out, position, created_at, updated_at) VALUES"
        " (gen_random_uuid(), 'openid', 'agora', 'A', 'A', 'https://sso.exemple.fr/realms/a', 'c', '{}',"
        " '{https://jetons.exemple.fr:8443}', true, false, 'fr', 'none', 0, now(), now()),"
        " ('00000000-0000-0000-0000-000000000007', 'directory', 'ldap', 'L', 'L', 'ldap:ldap', '', '{}', '{}', true,"
        " false, 'fr', 'none', 0, now(), now())",
        "INSERT INTO sign_in_directories (provider_id, servers, bind_dn, bind_password_sealed, base_dn, person_filter,"
        " subject_attribute, groups, unit_code, unit_name) VALUES ('00000000-0000-0000-0000-000000000007',"
        " '{ldaps://annuaire.exemple.fr}', 'cn=s', '\\x00', 'dc=x', '(uid={name})', 'entryUUID', 'none', 'ou', 'ou')",
    )
    async with owner.transaction() as session:
        for statement in statements:
            await session.execute(text(statement))


async def test_every_domain_declares_where_it_goes(database: Database) -> None:
    await declare(database)
    told = await read(database)
    shown = {(one.purpose.value, one.host, one.port, one.declared_by, one.label) for one in told.items}
    assert shown >= {
        ("models", "modeles.exemple.fr", 443, "administration", "loire"),
        ("sign_in", "sso.exemple.fr", 443, "administration", "agora"),
        ("sign_in", "jetons.exemple.fr", 8443, "administration", "agora"),
        ("directories", "annuaire.exemple.fr", 636, "administration", "ldap"),
        ("mail", "mail.exemple.fr", 587, "mail.host", ""),
        ("files", "s3.exemple.fr", 443, "storage.bucket", "fichiers"),
        ("files", "169.254.169.254", None, "storage.bucket", "fichiers"),
        ("antivirus", "10.0.0.8", 1344, "documents.antivirus", ""),
        ("database", "base.exemple.fr", 5432, "database.url", "chatelet"),
        ("model_files", "*", None, "embedded.mode", "chatelet models fetch (pip)"),
        ("local_models", "127.0.0.1", None, "embedded.mode", ""),
    }
    assert "eteint.exemple.fr" not in {one.host for one in told.items}
    model = found(told, Purpose.MODELS, "modeles.exemple.fr")
    assert (model.zone, model.country, model.inside, model.open) == ("Salle des machines", "FR", False, True)
    assert found(told, Purpose.ANTIVIRUS, "10.0.0.8").inside
    assert "p@" not in told.model_dump_json()


async def test_each_purpose_tells_its_list_and_what_a_list_closes(database: Database) -> None:
    await declare(database)
    lists = {"models": ("*.exemple.fr",), "mail": (), "pages": ("a.example",)}
    egress = {"mode": "open", "allowed_hosts": ("b.example",), "hosts": lists}
    settings = SETTINGS.model_copy(update={"egress": EgressSettings.model_validate(egress)})
    before = gate.current()
    gate.install_for(settings.egress)
    try:
        told = await read(database, settings)
    finally:
        gate.install(before)
    rules = {one.purpose: (one.hosts, one.declared) for one in told.purposes}
    assert list(rules) == [purpose for purpose in Purpose if purpose in rules]
    assert rules[Purpose.MODELS] == (["*.exemple.fr"], 1)
    assert rules[Purpose.MAIL] == ([], 1)
    assert rules[Purpose.PAGES] == (["b.example", "a.example"], 0)
    assert rules[Purpose.SIGN_IN] == (None, 2)
    assert found(told, Purpose.MODELS, "modeles.exemple.fr").closed_by is None
    mail = found(told, Purpose.MAIL, "mail.exemple.fr")
    assert (mail.open, mail.closed_by) == (False, "list")


@pytest.fixture
async def counted(database: Database) -> datetime:
    """Two processes that counted the same host, and one a page that somebody had read."""
    moment = now()
    today = moment.date()
    mail = Contact(today, "mail.exemple.fr:587", Purpose.MAIL, "answered")
    page = Contact(today, "ailleurs.exemple.org:443", Purpose.PAGES, "refused")
    old = Contact(today - timedelta(days=500), "ancien.exemple.fr", Purpose.MODELS, "failed")
    for counts in (
        {mail: Count(3, moment - timedelta(hours=1)), page: Count(1, moment)},
        {mail: Count(4, moment), old: Count(9, moment - timedelta(days=500))},
    ):
        async with database.transaction() as session:
            await service.store(session, counts)
    return moment


async def test_counts_add_up_by_host_and_purpose(database: Database, counted: datetime) -> None:
    told = await read(database)
    mail = found(told, Purpose.MAIL, "mail.exemple.fr").contacts
    assert (mail.answered, mail.failed, mail.refused, mail.last_at) == (7, 0, 0, counted)
    page = found(told, Purpose.PAGES, "ailleurs.exemple.org")
    assert (page.port, page.declared_by, page.open, page.contacts.refused) == (443, None, False, 1)
    assert "ancien.exemple.fr" not in {one.host for one in told.items}


async def test_the_file_has_one_line_a_day(database: Database, counted: datetime) -> None:
    async with database.transaction() as session:
        lines = (await service.export(session, 30)).decode().splitlines()
    assert lines[0] == "day,host,purpose,outcome,times,last_at"
    assert f"{counted.date()},mail.exemple.fr:587,mail,answered,7,{counted.isoformat(timespec='seconds')}" in lines
    assert len(lines) == 3


async def test_old_counts_are_forgotten(database: Database, counted: datetime) -> None:
    await keeping.forget_old(database)
    async with database.transaction() as session:
        days = (await session.scalars(text("SELECT day FROM egress_counts"))).all()
    assert days == [counted.date()] * 2


async def test_what_could_not_be_stored_is_kept(database: Database, owner_database: Database) -> None:
    before = gate.current()
    here = gate.Gate(before.posture)
    gate.install(here)
    try:
        here.tell("a.exemple.fr", Purpose.MODELS, "answered")
        async with owner_database.transaction() as session:
            await session.execute(text("ALTER TABLE egress_counts RENAME TO elsewhere"))
        await keeping.store_counts(database)
        async with owner_database.transaction() as session:
            await session.execute(text("ALTER TABLE elsewhere RENAME TO egress_counts"))
        here.tell("a.exemple.fr", Purpose.MODELS, "answered")
        await keeping.store_counts(database)
    finally:
        gate.install(before)
    told = await read(database)
    assert found(told, Purpose.MODELS, "a.exemple.fr").contacts.answered == 2


async def test_where_nothing_leaves_everything_outside_is_told_closed(database: Database) -> None:
    await declare(database)
    before = gate.current()
    settings = SETTINGS.model_copy(update={"egress": SETTINGS.egress.model_copy(update={"mode": "none"})})
    gate.install_for(settings.egress)
    try:
        told = await read(database, settings)
    finally:
        gate.install(before)
    opened = {one.host for one in told.items if one.open}
    assert opened == {"127.0.0.1", "10.0.0.8"}
    assert told.mode == "none"

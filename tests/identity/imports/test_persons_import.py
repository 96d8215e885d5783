"""Tables of persons: who they are, where they belong, what they hold; rights of the caller line by line."""

from typing import Any

import pytest

from tests.identity.conftest import PASSWORD, Client, MakePerson, OpenBrowser
from tests.identity.imports.test_units_import import counts, problems, send

PATH = "/api/admin/imports/persons"
UNITS = "code;nom;parent\nMIN;Ministère;\nDG;Direction;MIN\nSV;Service;DG\n"
TABLE = "courriel;prénom;nom;langue;unité;rôle;état\nada@exemple.fr;Ada;Lovelace;en;DG;referent;\nbob@exemple.fr;;Bob;;SV;;désactivé\n"


@pytest.fixture
async def tree(administrator: Client, sql: Any) -> dict[str, str]:
    await send(administrator, UNITS)
    return {row["code"]: str(row["id"]) for row in await sql("SELECT code, id FROM units")}


async def give(client: Client, table: str | bytes, *, apply: bool = True) -> Any:
    return await send(client, table, apply=apply, path=PATH)


async def state_of_all(sql: Any) -> list[Any]:
    return await sql(
        "SELECT p.*, m.unit_id, m.is_main, m.source, g.role_id FROM persons p"
        " LEFT JOIN memberships m ON m.person_id = p.id LEFT JOIN grants g ON g.person_id = p.id ORDER BY p.id"
    )


async def test_persons_come_with_their_unit_and_role(administrator: Client, tree: dict[str, str], sql: Any) -> None:
    trial = await give(administrator, TABLE, apply=False)
    assert (counts(trial), trial["applied"]) == ((2, 0, 0, 0, 0), False)
    assert len(await sql("SELECT 1 AS one FROM persons")) == 1
    report = await give(administrator, TABLE)
    assert {**trial, "applied": True} == report
    rows = {row["email"]: row for row in await state_of_all(sql)}
    ada, bob = rows["ada@exemple.fr"], rows["bob@exemple.fr"]
    assert (ada["name"], ada["language"], ada["state"], ada["issuer"]) == ("Ada Lovelace", "en", "active", "local")
    assert (str(ada["unit_id"]), ada["is_main"], ada["source"]) == (tree["DG"], True, "import")
    assert ada["role_id"] is not None
    assert (bob["name"], bob["language"], bob["state"], bob["role_id"]) == ("Bob", "fr", "disabled", None)
    found = await administrator.call("GET", "/api/admin/persons", params={"q": "lovel"})
    assert [one["email"] for one in found.body["items"]] == ["ada@exemple.fr"]
    before = await state_of_all(sql)
    assert counts(await give(administrator, TABLE)) == (0, 0, 0, 2, 0)
    assert await state_of_all(sql) == before
    told = await sql("SELECT name FROM journal_events WHERE name IN ('role.granted', 'persons.imported')")
    assert sorted(row["name"] for row in told) == ["persons.imported", "persons.imported", "role.granted"]


async def test_an_empty_cell_leaves_things_as_they_are(administrator: Client, tree: dict[str, str], sql: Any) -> None:
    await give(administrator, TABLE)
    assert counts(await give(administrator, "email\nADA@exemple.fr\nbob@exemple.fr\n")) == (0, 0, 0, 2, 0)
    moved = await give(administrator, "email;unit;name\nada@exemple.fr;SV;\nbob@exemple.fr;;Robert\n")
    assert counts(moved) == (0, 1, 1, 0, 0)
    rows = {row["email"]: row for row in await state_of_all(sql)}
    assert str(rows["ada@exemple.fr"]["unit_id"]) == tree["SV"]
    assert (rows["bob@exemple.fr"]["name"], rows["bob@exemple.fr"]["sort_name"]) == ("Robert", "robert")


async def test_a_person_is_the_one_of_issuer_and_subject(administrator: Client, tree: dict[str, str], sql: Any) -> None:
    table = "issuer;subject;email;name\nhttps://idp;1;a@exemple.fr;A\nhttps://idp;2;;Sans adresse\n"
    assert counts(await give(administrator, table)) == (2, 0, 0, 0, 0)
    renamed = "issuer;subject;email;name\nhttps://idp;1;nouvelle@exemple.fr;A B\n"
    assert counts(await give(administrator, renamed)) == (0, 0, 1, 0, 0)
    stolen = "issuer;subject;email;name\nhttps://idp;3;nouvelle@exemple.fr;C\n"
    assert problems(await give(administrator, stolen)) == [(2, "email", "email_taken")]
    twice = "issuer;subject;email;name\nhttps://idp;1;;A\n;;nouvelle@exemple.fr;A\n"
    assert problems(await give(administrator, twice)) == [(3, "email", "email_unproven")], "told, never proven"
    rows = await sql("SELECT subject, email FROM persons WHERE issuer = 'https://idp' ORDER BY subject")
    assert [tuple(row.values()) for row in rows] == [("1", "nouvelle@exemple.fr"), ("2", None)]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("pas une adresse;N;;;;;;", "email", "email_invalid"),
        (f"{'a' * 250}@b.fr;N;;;;;;", "email", "email_invalid"),
        (";N;;;;;;", "email", "identity_missing"),
        ("a@b.fr;;;;;;;", "name", "name_missing"),
        (f"a@b.fr;{'n' * 121};;;;;;", "name", "name_invalid"),
        ("a@b.fr;N;xx;;;;;", "language", "language_unknown"),
        ("a@b.fr;N;;NADA;;;;", "unit", "unit_unknown"),
        ("a@b.fr;N;;DG;nada;;;", "role", "role_unknown"),
        ("a@b.fr;N;;;auditor;;;", "role", "unit_missing"),
        ("a@b.fr;N;;;;peut-être;;", "state", "state_unknown"),
        ("a@b.fr;N;;;;;https://idp;", "subject", "subject_invalid"),
        ("a@b.fr;N;;;;;;1", "issuer", "issuer_invalid"),
        ("a@b.fr;N;;;;;local;1", "issuer", "issuer_invalid"),
        ("a@b.fr;N;;;;;;;x", "", "too_many_cells"),
        ("OK@b.fr;N;;;;;;", "email", "duplicate"),
    ],
)
async def test_each_wrong_line_is_told(
    line: str, column: str, code: str, administrator: Client, tree: dict[str, str], sql: Any
) -> None:
    table = f"email;name;language;unit;role;state;issuer;subject\nok@b.fr;Bon;;;;;;\n{line}\n"
    report = await give(administrator, table)
    assert problems(report) == [(3, column, code)]
    assert (counts(report), report["applied"]) == ((1, 0, 0, 0, 1), False)
    assert len(await sql("SELECT 1 AS one FROM persons")) == 1


async def test_disabling_in_a_file_ends_sessions_but_the_last_administrators(
    administrator: Client, browser: OpenBrowser, person: MakePerson, sql: Any
) -> None:
    await person("ada@chatelet.fr")
    ada = browser()
    await ada.sign_in("ada@chatelet.fr", PASSWORD)
    assert counts(await give(administrator, "email;state\nada@chatelet.fr;disabled\n")) == (0, 0, 1, 0, 0)
    assert (await ada.call("GET", "/api/sessions/current")).status == 401
    body = b"email;state\nadmin@chatelet.fr;disabled\n"
    answer = await administrator.call("POST", PATH, data=body, params={"apply": "true"})
    assert (answer.status, answer.body["code"]) == (409, "last_administrator")
    told = [row["name"] for row in await sql("SELECT name FROM journal_events WHERE name LIKE 'person.%abled'")]
    assert told == ["person.disabled"]


async def test_a_delegate_imports_those_of_their_units(
    administrator: Client, browser: OpenBrowser, person: MakePerson, tree: dict[str, str], sql: Any
) -> None:
    keeper = await person("keeper@chatelet.fr", "Gardienne")
    rights = ["persons.read", "persons.manage"]
    role = await administrator.call(
        "POST", "/api/admin/roles", {"code": "keeper", "name_fr": "Gardien", "name_en": "Keeper", "rights": rights}
    )
    body = {"role_id": role.body["id"], "unit_id": tree["DG"]}
    assert (await administrator.call("POST", f"/api/admin/persons/{keeper}/roles", body)).status == 201
    await give(administrator, "email;name;unit\nhaut@x.fr;Haut;MIN\nbas@x.fr;Bas;SV\nchef@x.fr;Chef;SV\n")
    [chef] = await sql("SELECT id FROM persons WHERE email = 'chef@x.fr'")
    await administrator.call("PATCH", f"/api/admin/persons/{chef['id']}", {"is_administrator": True})
    delegate = browser()
    await delegate.sign_in("keeper@chatelet.fr")
    fine = "email;name;unit;state\nneuf@x.fr;Neuf;SV;\nbas@x.fr;;DG;\n"
    assert counts(await give(delegate, fine)) == (1, 1, 0, 0, 0)
    for line, expected in {
        "haut@x.fr;;;disabled;": ("email", "out_of_reach"),
        "admin@chatelet.fr;;;disabled;": ("email", "out_of_reach"),
        "chef@x.fr;;;disabled;": ("email", "holds_more"),
        "autre@x.fr;Autre;;;": ("unit", "unit_missing"),
        "autre@x.fr;Autre;MIN;;": ("unit", "unit_unknown"),
        "bas@x.fr;;SV;;referent": ("role", "delegation_exceeded"),
    }.items():
        report = await give(delegate, f"email;name;unit;state;role\n{line}\n")
        assert (2, *expected) in problems(report), line
        assert report["applied"] is False


async def test_many_lines_come_as_sets(administrator: Client, sql: Any) -> None:
    """The time that a hundred thousand take is measured by `python -m bench.imports`."""
    units = "code;nom;parent\n" + "".join(f"U{n};Unité {n};{f'U{n // 10}' if n else ''}\n" for n in range(200))
    assert (await send(administrator, units))["applied"]
    lines = [f"p{n}@exemple.fr;Prénom{n} Nom{n % 977};U{n % 200}" for n in range(10_000)]
    table = "email;name;unit\n" + "\n".join(lines)
    report = await give(administrator, table)
    assert (counts(report), report["applied"]) == ((10_000, 0, 0, 0, 0), True)
    assert counts(await give(administrator, table)) == (0, 0, 0, 10_000, 0)
    assert len(await sql("SELECT 1 AS one FROM memberships WHERE is_main")) == 10_000
    broken = f"{table}\npas une adresse;X;U1\n"
    assert counts(await give(administrator, broken)) == (0, 0, 0, 10_000, 1)


async def _of_a_provider(sql: Any, subject: str, email: str, verified: str | None = None) -> str:
    [row] = await sql(
        "INSERT INTO persons (id, name, email, verified_email, language, state, issuer, subject, sort_name,"
        " search_vector, created_at) VALUES (gen_random_uuid(), 'Mallory', :email, :verified, 'fr', 'active',"
        " 'https://idp', :subject, 'mallory', '', now()) RETURNING id",
        email=email,
        verified=verified,
        subject=subject,
    )
    return str(row["id"])


async def test_an_address_that_somebody_tells_of_themselves_leads_to_nobody(
    administrator: Client, tree: dict[str, str], sql: Any
) -> None:
    """TA-005: what a provider does not vouch for gives neither a unit nor a role, on trial nor for good."""
    mallory = await _of_a_provider(sql, "mallory", "directrice@x.fr")
    table = "email;name;unit;role\ndirectrice@x.fr;La Directrice;DG;referent\n"
    before = await state_of_all(sql)
    for apply in (False, True):
        report = await give(administrator, table, apply=apply)
        assert problems(report) == [(2, "email", "email_unproven")]
        assert report["applied"] is False
    assert await state_of_all(sql) == before
    named = f"issuer;subject;{table.splitlines()[0]}\nhttps://idp;mallory;{table.splitlines()[1]}\n"
    assert counts(await give(administrator, named)) == (0, 1, 0, 0, 0)
    [row] = [row for row in await state_of_all(sql) if str(row["id"]) == mallory]
    assert str(row["unit_id"]) == tree["DG"], "issuer and subject say who is meant"


async def test_an_address_that_a_provider_vouches_for_says_who_is_meant(
    administrator: Client, tree: dict[str, str], sql: Any
) -> None:
    ada = await _of_a_provider(sql, "ada", "ada@exemple.fr", "ada@exemple.fr")
    assert counts(await give(administrator, "email;unit\nada@exemple.fr;SV\n")) == (0, 1, 0, 0, 0)
    [row] = await sql("SELECT person_id, unit_id FROM memberships WHERE is_main")
    assert (str(row["person_id"]), str(row["unit_id"])) == (ada, tree["SV"])
    twice = "issuer;subject;email;name\nhttps://idp;ada;;A\n;;ada@exemple.fr;A\n"
    assert problems(await give(administrator, twice)) == [(3, "email", "duplicate")]
    await _of_a_provider(sql, "mallory", "ada@exemple.fr")
    report = await give(administrator, "email;unit\nada@exemple.fr;DG\n")
    assert problems(report) == [(2, "email", "email_taken")], "two accounts tell it: nobody guesses"


async def test_each_person_who_moves_or_changes_has_a_line_of_the_journal(
    administrator: Client, tree: dict[str, str], sql: Any
) -> None:
    await give(administrator, TABLE)
    rows = {row["email"]: str(row["id"]) for row in await state_of_all(sql)}
    ada, bob = rows["ada@exemple.fr"], rows["bob@exemple.fr"]
    changed = "email;name;language;unit\nada@exemple.fr;;fr;SV\nbob@exemple.fr;Robert;;\n"
    assert counts(await give(administrator, changed, apply=False)) == (0, 1, 1, 0, 0)
    told = "SELECT name, object_id::text AS person, data::text FROM journal_events WHERE name IN"
    told += " ('membership.given', 'membership.removed', 'person.changed') ORDER BY id"
    assert await sql(told) == [], "a trial leaves no line"
    await give(administrator, changed)
    lines = await sql(told)
    assert sorted((line["name"], line["person"]) for line in lines) == sorted(
        [("membership.given", ada), ("membership.removed", ada), ("person.changed", ada), ("person.changed", bob)]
    )
    data = {(line["name"], line["person"]): line["data"] for line in lines}
    given = data["membership.given", ada]
    assert tree["SV"] in given
    assert tree["DG"] in given, "where from, where to"
    assert '"before":"en"' in data["person.changed", ada]
    assert "Robert" not in data["person.changed", bob]
    await give(administrator, changed)
    assert await sql(told) == lines, "nothing changed, nothing told"

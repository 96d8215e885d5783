"""Tables of units, whatever wrote them: tried first, all or nothing, told line by line."""

import codecs
import io
from typing import Any

import pytest

from tests.identity.conftest import Client, MakePerson, OpenBrowser

PATH = "/api/admin/imports/units"
TREE = "code;nom;parent;type\nMIN;Ministère;;ministère\nDG;Direction générale;MIN;direction\nSV;Service;DG;\n"


async def send(client: Client, table: str | bytes, *, apply: bool = True, path: str = PATH) -> Any:
    data = table if isinstance(table, bytes) else table.encode()
    answer = await client.call("POST", path, data=io.BytesIO(data), params={"apply": "true"} if apply else {})
    assert answer.status == 200, answer.body
    return answer.body


def counts(report: Any) -> tuple[int, ...]:
    return tuple(report[name] for name in ("created", "moved", "changed", "unchanged", "refused"))


def problems(report: Any) -> list[tuple[int, str, str]]:
    return [(one["line"], one["column"], one["code"]) for one in report["problems"]]


async def codes(sql: Any) -> list[str]:
    return [row["code"] for row in await sql("SELECT code FROM units ORDER BY code")]


async def test_a_trial_tells_and_changes_nothing(administrator: Client, sql: Any) -> None:
    before = await sql("SELECT count(*) FROM journal_events")
    report = await send(administrator, TREE, apply=False)
    assert (counts(report), report["applied"], report["lines"]) == ((3, 0, 0, 0, 0), False, 3)
    assert await codes(sql) == []
    assert await sql("SELECT count(*) FROM journal_events") == before


async def test_twice_is_once(administrator: Client, sql: Any) -> None:
    report = await send(administrator, TREE)
    assert (counts(report), report["applied"]) == ((3, 0, 0, 0, 0), True)
    rows = await sql("SELECT * FROM units ORDER BY code")
    assert [(row["code"], row["kind"], len(row["path"])) for row in rows] == [
        ("DG", "direction", 2), ("MIN", "ministère", 1), ("SV", "", 3),
    ]  # fmt: skip
    assert counts(await send(administrator, TREE)) == (0, 0, 0, 3, 0)
    assert await sql("SELECT * FROM units ORDER BY code") == rows
    [told] = await sql("SELECT data::text FROM journal_events WHERE name = 'units.imported' ORDER BY id LIMIT 1")
    assert '"created":3' in told["data"]


async def test_moving_in_a_file_moves_what_is_under(administrator: Client, sql: Any) -> None:
    await send(administrator, TREE)
    report = await send(administrator, "name,code,parent\nDirection,DG,\nNeuve,N,SV\n")
    assert counts(report) == (1, 1, 0, 0, 0)
    wrong = "SELECT 1 AS one FROM units u JOIN units p ON p.id = u.parent_id WHERE u.path <> p.path || u.id"
    assert await sql(wrong) == []
    rows = await sql("SELECT code, cardinality(path) AS depth, kind FROM units ORDER BY code")
    assert [tuple(row.values()) for row in rows] == [
        ("DG", 1, "direction"), ("MIN", 1, "ministère"), ("N", 3, ""), ("SV", 2, ""),
    ]  # fmt: skip
    renamed = await send(administrator, "code;name\nSV;Autre nom\nN;Neuve\n")
    assert counts(renamed) == (0, 0, 1, 1, 0)


@pytest.mark.parametrize(
    ("data", "encoding", "separator"),
    [
        (TREE.encode(), "utf-8", ";"),
        (codecs.BOM_UTF8 + TREE.replace(";", ",").encode(), "utf-8", ","),
        (TREE.replace(";", "\t").encode("utf-16"), "utf-16", "\t"),
        (TREE.encode("utf-16-le"), "utf-16", ";"),
        (TREE.encode("utf-16-be"), "utf-16", ";"),
        (TREE.replace("\n", "\r\n").encode("cp1252"), "windows-1252", ";"),
        ('"Code";"NOM";"Unité parente"\r\n"A";"Nom ; avec ""guillemets""";""\r\n\r\n;;\r\n'.encode(), "utf-8", ";"),
    ],
)
async def test_whatever_wrote_the_file_is_found(
    data: bytes, encoding: str, separator: str, administrator: Client, sql: Any
) -> None:
    report = await send(administrator, data)
    assert (report["encoding"], report["separator"], report["refused"]) == (encoding, separator, 0)
    names = {row["name"] for row in await sql("SELECT name FROM units")}
    assert names == {"Ministère", "Direction générale", "Service"} or names == {'Nom ; avec "guillemets"'}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("code;nom;parent\nA;A;B\nB;B;C\nC;C;A\nD;D;A\n", {(2, "parent", "cycle"), (3, "parent", "cycle"), (4, "parent", "cycle")}),
        ("code;nom;parent\nA;A;A\n", {(2, "parent", "cycle")}),
        ("code;nom\nA;A\nA;B\n", {(3, "code", "duplicate")}),
        ("code;nom;parent\nA;A;NADA\n", {(2, "parent", "parent_unknown")}),
        ("code;nom\n;A\nà b;B\nC;\n" + "D" * 65 + ";D\n", {(2, "code", "code_invalid"), (3, "code", "code_invalid"), (4, "name", "name_invalid"), (5, "code", "code_invalid")}),
        ("code;nom;type\nA;A;" + "t" * 61 + "\n", {(2, "kind", "kind_invalid")}),
        ("code;nom\nA;A;trop\n", {(2, "", "too_many_cells")}),
        ("code;nom\n\n\nA;" + "N" * 201 + "\n", {(4, "name", "name_invalid")}),
        ('code;nom\nA;"sur\ndeux lignes"\n;B\n', {(4, "code", "code_invalid")}),
        ("code;nom;parent\n" + "".join(f"L{n};N{n};{f'L{n - 1}' if n else ''}\n" for n in range(22)), {(22, "parent", "too_deep"), (23, "parent", "too_deep")}),
    ],
)  # fmt: skip
async def test_one_wrong_line_and_nothing_is_done(
    table: str, expected: set[Any], administrator: Client, sql: Any
) -> None:
    report = await send(administrator, table)
    assert set(problems(report)) == expected
    assert (report["applied"], report["refused"]) == (False, len(expected))
    assert await codes(sql) == []


async def test_a_circle_through_what_is_there_is_found(administrator: Client, sql: Any) -> None:
    await send(administrator, TREE)
    report = await send(administrator, "code;nom;parent\nMIN;Ministère;SV\n")
    assert problems(report) == [(2, "parent", "cycle")]
    deep = "".join(f"L{n};N{n};{f'L{n - 1}' if n else ''}\n" for n in range(18))
    report = await send(administrator, f"code;nom;parent\n{deep}MIN;Ministère;L17\n")
    assert problems(report) == [(20, "parent", "too_deep")]


async def test_a_merged_unit_is_closed(administrator: Client, sql: Any) -> None:
    await send(administrator, TREE)
    rows = {row["code"]: str(row["id"]) for row in await sql("SELECT code, id FROM units")}
    await administrator.call("POST", f"/api/admin/units/{rows['SV']}/merge", {"into_id": rows["DG"]})
    report = await send(administrator, "code;nom;parent\nSV;Service;\nX;X;SV\n")
    assert set(problems(report)) == {(2, "code", "unit_closed"), (3, "parent", "unit_closed")}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table_unreadable"), (b"  \n ", "table_unreadable"), (b"nom\nA\n", "table_columns"),
        (b"code;nom;name\nA;A;A\n", "table_columns"), (b'code;nom\nA;"B\n', "table_unreadable"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "table_unreadable"), (b"code;nom\nA;\x81\x8d\n", "table_unreadable"),
        (b"code;nom\nA;a\0b\n", "table_unreadable"), (b"code;nom\n" + b"A;A\n" * 200_001, "table_too_long"),
        (codecs.BOM_UTF16_LE + b"\0", "table_unreadable"),
    ],
)  # fmt: skip
async def test_what_is_no_table_is_refused_whole(data: bytes, code: str, administrator: Client, sql: Any) -> None:
    answer = await administrator.call("POST", PATH, data=data, params={"apply": "true"})
    assert (answer.status, answer.body["code"]) == (422, code)
    assert await codes(sql) == []


async def test_a_delegate_imports_where_they_stand(
    administrator: Client, browser: OpenBrowser, person: MakePerson, sql: Any
) -> None:
    await send(administrator, TREE)
    units = {row["code"]: str(row["id"]) for row in await sql("SELECT code, id FROM units")}
    ada = await person("ada@chatelet.fr", "Ada")
    rights = ["units.manage", "persons.read", "persons.manage"]
    role = await administrator.call(
        "POST", "/api/admin/roles", {"code": "keeper", "name_fr": "Gardien", "name_en": "Keeper", "rights": rights}
    )
    given = {"role_id": role.body["id"], "unit_id": units["DG"]}
    assert (await administrator.call("POST", f"/api/admin/persons/{ada}/roles", given)).status == 201
    delegate = browser()
    await delegate.sign_in("ada@chatelet.fr")
    assert counts(await send(delegate, "code;nom;parent\nA;A;DG\nB;B;A\nSV;Autre;DG\n")) == (2, 0, 1, 0, 0)
    for table, line in (
        ("code;nom;parent\nR;R;\n", 2),
        ("code;nom;parent\nR;R;MIN\n", 2),
        ("code;nom;parent\nSV;Autre;MIN\n", 2),
        ("code;nom;parent\nMIN;Le mien;\n", 2),
        ("code;nom;parent\nDG;Déplacée;SV2\nSV2;S;\n", 3),
    ):
        report = await send(delegate, table)
        assert report["applied"] is False
        assert (line, "code", "out_of_reach") in problems(report)


async def test_each_unit_that_moves_or_changes_has_a_line_of_the_journal(administrator: Client, sql: Any) -> None:
    await send(administrator, TREE)
    unit = {row["code"]: str(row["id"]) for row in await sql("SELECT code, id FROM units")}
    table = "code;nom;parent\nDG;Direction;MIN\nSV;Service;MIN\nN;Neuve;MIN\n"
    assert counts(await send(administrator, table, apply=False)) == (1, 1, 1, 0, 0)
    told = "SELECT name, object_id::text AS unit, data::text FROM journal_events"
    told += " WHERE name IN ('unit.moved', 'unit.changed') ORDER BY id"
    assert await sql(told) == [], "a trial leaves no line"
    await send(administrator, table)
    lines = await sql(told)
    assert [(line["name"], line["unit"]) for line in lines] == [
        ("unit.changed", unit["DG"]),
        ("unit.moved", unit["SV"]),
    ]
    assert unit["DG"] in lines[1]["data"]
    assert unit["MIN"] in lines[1]["data"], "where from, where to"

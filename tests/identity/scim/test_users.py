"""Users of SCIM: the person of (issuer, subject), what a directory may change of them, and the end of their access."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from chatelet.identity import sessions
from chatelet.identity.tables import Person
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.settings import SecuritySettings
from tests.identity.conftest import Client, MakePerson
from tests.identity.scim.conftest import ISSUER, USER, Connect, Directory


async def person_row(sql: Any, identifier: str) -> dict[str, Any]:
    [row] = await sql("SELECT * FROM persons WHERE id = :id", id=identifier)
    return dict(row)


async def signed_in(database: Database, identifier: str) -> str:
    """As single sign-on does once the provider has answered."""
    async with database.transaction() as session:
        person = await session.get_one(Person, identifier)
        return (await sessions.open_session(session, person, SecuritySettings(), "single_sign_on")).token


async def test_a_user_is_the_person_of_the_issuer_and_subject(directory: Directory, sql: Any) -> None:
    made = await directory.user(
        "Emilie",
        name={"givenName": "Émilie", "familyName": "du Châtelet"},
        emails=[{"value": "Maison@exemple.fr", "type": "home"}, {"value": "Emilie@exemple.fr", "type": "work"}],
        preferredLanguage="en-GB",
        phoneNumbers=[{"value": "+33 1"}],
    )
    row = await person_row(sql, made["id"])
    assert (row["issuer"], row["subject"]) == (ISSUER, "x-Emilie")
    assert (row["name"], row["email"], row["language"]) == ("Emilie", "emilie@exemple.fr", "en")
    assert (row["state"], row["password_hash"]) == ("active", None)
    assert "phoneNumbers" not in made
    assert made["meta"]["location"].endswith(f"/scim/v2/Users/{made['id']}")
    again = await directory.call("POST", "/Users", {"userName": "emilie", "externalId": "x-Emilie"})
    assert (again.status, again.body["scimType"], again.headers["Content-Type"]) == (
        409, "uniqueness", "application/scim+json",
    )  # fmt: skip


async def test_the_user_name_is_the_subject_where_the_directory_says_so(connect: Connect, sql: Any) -> None:
    directory = await connect(subject_from="user_name")
    made = await directory.user("voltaire")
    assert (await person_row(sql, made["id"]))["subject"] == "voltaire"


async def test_nobody_is_linked_by_an_address(directory: Directory, person: MakePerson, sql: Any) -> None:
    local = await person("emilie@chatelet.fr")
    body = {"userName": "emilie", "externalId": "1", "emails": [{"value": "emilie@chatelet.fr"}]}
    made = await directory.call("POST", "/Users", body)
    assert made.status == 201
    assert made.body["id"] != str(local)  # another person: an address is information, nobody is found by it (TA-005)
    assert (await person_row(sql, str(local)))["issuer"] == "local"
    assert (await person_row(sql, made.body["id"]))["issuer"] == ISSUER


async def test_whoever_signed_in_before_is_taken_over(directory: Directory, sql: Any) -> None:
    """By the same issuer and subject, whatever their address."""
    await sql(
        "INSERT INTO persons (id, name, language, state, issuer, subject, sort_name, search_vector, created_at)"
        " VALUES (gen_random_uuid(), 'Ada', 'fr', 'active', :issuer, 'x-ada', 'ada', '', now())", issuer=ISSUER,
    )  # fmt: skip
    [row] = await sql("SELECT id FROM persons WHERE subject = 'x-ada'")
    assert (await directory.user("ada"))["id"] == str(row["id"])


async def test_saying_the_same_again_changes_nothing(directory: Directory, sql: Any) -> None:
    made = await directory.user("ada", emails=[{"value": "ada@exemple.fr", "type": "work", "primary": True}])
    before = await sql("SELECT count(*) FROM journal_events")
    again = await directory.call("PUT", f"/Users/{made['id']}", made)
    assert (again.status, again.body["meta"]) == (200, made["meta"])
    operation = {"op": "replace", "path": "active", "value": True}
    patched = await directory.patch(f"/Users/{made['id']}", operation)
    assert patched.body["meta"] == made["meta"]
    assert await sql("SELECT count(*) FROM journal_events") == before


@pytest.mark.parametrize(
    "operations",
    [
        [{"op": "replace", "path": "active", "value": False}],
        [{"op": "Replace", "path": "active", "value": "False"}],  # Entra ID
        [{"op": "replace", "value": {"active": False}}],  # Okta
        [{"op": "Replace", "path": f"{USER}:active", "value": "false"}],
        [{"op": "Add", "value": {"id": "whatever", "displayName": "Ada", "active": "False"}}],
    ],
)
async def test_inactive_ends_everything_at_once(
    operations: list[dict[str, Any]], directory: Directory, database: Database, sql: Any
) -> None:
    made = await directory.user("ada")
    token = await signed_in(database, made["id"])
    assert (await directory.client.call("GET", "/api/sessions/current", token=token)).status == 200
    answer = await directory.patch(f"/Users/{made['id']}", *operations)
    assert (answer.status, answer.body["active"]) == (200, False), answer.body
    assert (await directory.client.call("GET", "/api/sessions/current", token=token)).status == 401
    assert (await person_row(sql, made["id"]))["state"] == "disabled"
    told = await sql("SELECT name, actor FROM journal_events ORDER BY id DESC LIMIT 2")
    assert {row["name"] for row in told} == {"person.disabled", "session.closed"}
    assert {str(row["actor"]) for row in told} == {directory.id}
    back = await directory.patch(f"/Users/{made['id']}", {"op": "replace", "path": "active", "value": "True"})
    assert back.body["active"] is True
    assert (await person_row(sql, made["id"]))["state"] == "active"


async def test_a_directory_does_not_enable_whom_an_administrator_disabled(
    directory: Directory, administrator: Client, sql: Any
) -> None:
    made = await directory.user("ada")
    path = f"/api/admin/persons/{made['id']}"
    assert (await administrator.call("PATCH", path, {"state": "disabled"})).status == 200
    for active in (False, True):
        await directory.patch(f"/Users/{made['id']}", {"op": "replace", "path": "active", "value": active})
    assert (await person_row(sql, made["id"]))["state"] == "disabled"


async def test_the_last_administrator_is_not_disabled(directory: Directory, administrator: Client, sql: Any) -> None:
    made = await directory.user("ada")
    assert (
        await administrator.call("PATCH", f"/api/admin/persons/{made['id']}", {"is_administrator": True})
    ).status == 200
    await sql("UPDATE persons SET state = 'disabled' WHERE issuer = 'local'")
    off = {"op": "replace", "path": "active", "value": False}
    assert (await directory.patch(f"/Users/{made['id']}", off)).status == 409
    assert (await directory.call("DELETE", f"/Users/{made['id']}")).status == 409
    assert (await person_row(sql, made["id"]))["state"] == "active"


async def test_deleted_is_gone_for_the_directory_and_disabled_here(directory: Directory, sql: Any) -> None:
    made = await directory.user("ada")
    group = await directory.group("Labo", made["id"])
    assert (await directory.call("DELETE", f"/Users/{made['id']}")).status == 204
    for method in ("GET", "DELETE"):
        assert (await directory.call(method, f"/Users/{made['id']}")).status == 404
    assert await directory.found('userName eq "ada"') == []
    assert "members" not in (await directory.call("GET", f"/Groups/{group['id']}")).body
    assert (await person_row(sql, made["id"]))["state"] == "disabled"
    again = await directory.user("ada")
    assert again["id"] == made["id"]
    assert (await person_row(sql, made["id"]))["state"] == "active"


async def test_versions_are_compared(directory: Directory) -> None:
    made = await directory.user("ada")
    path, version = f"/Users/{made['id']}", made["meta"]["version"]
    assert version == 'W/"1"'
    unchanged = await directory.call("GET", path, headers={"If-None-Match": version})
    assert (unchanged.status, unchanged.headers["ETag"]) == (304, version)
    rename = {"op": "replace", "path": "displayName", "value": "Ada L."}
    changed = await directory.patch(path, rename, headers={"If-Match": version})
    assert (changed.status, changed.headers["ETag"]) == (200, 'W/"2"')
    late = {"op": "replace", "path": "displayName", "value": "Augusta"}
    assert (await directory.patch(path, late, headers={"If-Match": version})).status == 412
    assert (await directory.call("PUT", path, made, headers={"If-Match": version})).status == 412
    assert (await directory.call("DELETE", path, headers={"If-Match": version})).status == 412
    assert (await directory.call("GET", path)).body["displayName"] == "Ada L."
    assert (await directory.call("DELETE", path, headers={"If-Match": "*"})).status == 204


async def test_a_renamed_subject_signs_in_again(directory: Directory, database: Database, sql: Any) -> None:
    made = await directory.user("ada")
    token = await signed_in(database, made["id"])
    await directory.patch(f"/Users/{made['id']}", {"op": "replace", "path": "externalId", "value": "other"})
    assert (await person_row(sql, made["id"]))["subject"] == "other"
    assert (await directory.client.call("GET", "/api/sessions/current", token=token)).status == 401


async def test_addresses_change_in_every_dialect(directory: Directory, sql: Any) -> None:
    made = await directory.user("ada")
    path = f"/Users/{made['id']}"
    work = {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "ada@exemple.fr"}
    assert (await directory.patch(path, work)).body["emails"] == [{"type": "work", "value": "ada@exemple.fr"}]
    more = {"op": "add", "path": "emails", "value": [{"value": "b@exemple.fr", "primary": True}]}
    assert len((await directory.patch(path, more)).body["emails"]) == 2
    assert (await person_row(sql, made["id"]))["email"] == "b@exemple.fr"
    gone = {"op": "remove", "path": "emails[primary eq true]"}
    assert len((await directory.patch(path, gone)).body["emails"]) == 1
    dotted = {"op": "replace", "value": {"name.familyName": "Lovelace", f"{USER}:displayName": "A. Lovelace"}}
    changed = (await directory.patch(path, dotted)).body
    assert (changed["name"]["familyName"], changed["displayName"]) == ("Lovelace", "A. Lovelace")
    extension = {
        "op": "add",
        "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "R"}},
    }
    assert (await directory.patch(path, extension)).status == 200


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ({"op": "replace", "path": "id", "value": "x"}, "mutability"),
        ({"op": "replace", "path": "nonsense", "value": "x"}, "invalidPath"),
        ({"op": "replace", "path": "emails[type eq", "value": "x"}, "invalidPath"),
        ({"op": "replace", "path": "emails[type zz 1].value", "value": "x"}, "invalidFilter"),
        ({"op": "explode", "path": "active", "value": "x"}, "invalidSyntax"),
        ({"op": "remove"}, "noTarget"),
        ({"op": "replace", "value": "x"}, "invalidValue"),
        ({"op": "replace", "path": "active", "value": "maybe"}, "invalidValue"),
        ({"op": "replace", "path": "userName", "value": ""}, "invalidValue"),
        ({"op": "replace", "path": "displayName", "value": "a\u0000b"}, "invalidSyntax"),
        ({"op": "replace", "path": "emails", "value": [{"value": "not an address"}]}, "invalidValue"),
    ],
)
async def test_what_cannot_be_done_is_told_in_scim(operation: dict[str, Any], kind: str, directory: Directory) -> None:
    made = await directory.user("ada")
    answer = await directory.patch(f"/Users/{made['id']}", operation)
    assert (answer.status, answer.body.get("scimType")) == (400, kind), answer.body
    assert answer.body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert (await directory.call("GET", f"/Users/{made['id']}")).body == made


async def test_two_creations_at_once_make_one_person(directory: Directory) -> None:
    body = {"userName": "ada", "externalId": "1"}
    answers = await asyncio.gather(*(directory.call("POST", "/Users", body) for _ in range(6)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409, 409, 409]


async def test_a_new_token_lives_as_long_as_the_one_before(
    directory: Directory, connect: Connect, administrator: Client, sql: Any
) -> None:
    async def lives(one: Directory) -> Any:
        [row] = await sql(
            "SELECT expires_at - coalesce(renewed_at, created_at) AS told, expires_at FROM scim_clients WHERE id = :id",
            id=UUID(one.id),
        )
        return row

    async def renew(one: Directory) -> None:
        path = f"/api/admin/directories/{one.id}/token"
        assert (await administrator.call("POST", path)).status == 201

    end = (now() + timedelta(days=90)).isoformat()
    bounded = await connect(name="Borné", issuer="https://borne.exemple.fr", expires_at=end)
    first = await lives(bounded)
    for _ in range(2):  # the second renewal counts from the first one, not from the day of the directory
        await renew(bounded)
        again = await lives(bounded)
        assert again["told"] == first["told"]
        assert again["expires_at"] > first["expires_at"]
    await renew(directory)
    assert (await lives(directory))["expires_at"] is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"a":' * 2000, b'{"userName": "\\ud800"}', b"\xff"])
async def test_what_is_no_json_is_refused(body: bytes, directory: Directory) -> None:
    for method, path in (("POST", "/Users"), ("POST", "/Groups"), ("POST", "/Users/.search")):
        answer = await directory.call(method, path, data=body)
        assert (answer.status, answer.body["schemas"][0][-5:]) == (400, "Error"), answer.raw


async def test_a_token_opens_scim_and_nothing_else(
    directory: Directory, administrator: Client, connect: Connect
) -> None:
    async def status(header: str | None, path: str = "/scim/v2/Users") -> int:
        headers = {"Authorization": header} if header is not None else {}
        return (await administrator.call("GET", path, token=None, headers=headers)).status

    assert await status(f"Bearer {directory.token}") == 200
    assert await status(f"bearer {directory.token}") == 200
    for wrong in (
        None,
        "",
        "Bearer",
        "Bearer x",
        f"Basic {directory.token}",
        f"Bearer {directory.token}x",
        "Bearer scim_",
    ):
        assert await status(wrong) == 401
    assert await status(f"Bearer {directory.token}", "/api/admin/persons") == 401
    assert (await administrator.call("GET", "/scim/v2/Users")).status == 401  # a session's cookie is nothing here
    other = await connect(name="Autre", issuer="https://autre.exemple.fr")
    made = await directory.user("ada")
    for method, path in (("GET", ""), ("DELETE", "")):
        assert (await other.call(method, f"/Users/{made['id']}{path}")).status == 404
    assert (await administrator.call("DELETE", f"/api/admin/directories/{directory.id}")).status == 204
    assert await status(f"Bearer {directory.token}") == 401
    renewed = await administrator.call("POST", f"/api/admin/directories/{directory.id}/token")
    assert await status(f"Bearer {renewed.body['token']}") == 200
    assert await status(f"Bearer {directory.token}") == 401


@pytest.mark.parametrize("how", ["POST", "PUT", "PATCH"])
async def test_attributes_that_are_not_a_directory_s_change_nothing(
    how: str, connect: Connect, administrator: Client, sql: Any
) -> None:
    """TA-028: roles, unit, state, password, and every column of a person that SCIM has no word for."""
    directory = await connect(subject_from="user_name")
    identifier = (await directory.user("ada"))["id"]
    columns = {row["name"] for row in await sql(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'persons'"
    )}  # fmt: skip
    told = {"externalId", "userName", "displayName", "name", "active", "preferredLanguage", "emails", "id"}
    slipped: dict[str, Any] = {
        **dict.fromkeys(columns - told, "x-evil"),
        "roles": [{"value": "administrator"}], "entitlements": [{"value": "installation.manage"}],
        "is_administrator": True, "unit": "LAB", "unit_id": identifier, "state": "disabled", "password": "Un autre 12",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "LAB", "manager": identifier},
    }  # fmt: skip
    before = await person_row(sql, identifier)
    said = {"userName": "ada", "externalId": "x-ada", "displayName": "Ada"}
    if how == "POST":
        made = await directory.call("POST", "/Users", {"userName": "bob", **slipped})
        assert made.status == 201, made.body
        row = await person_row(sql, made.body["id"])
        assert (row["issuer"], row["subject"], row["state"], row["email"]) == (ISSUER, "bob", "active", None)
        assert (row["password_hash"], row["language"]) == (None, "fr")
        assert made.body["id"] != identifier
    elif how == "PUT":
        put = await directory.call("PUT", f"/Users/{identifier}", {**said, **slipped})
        assert put.status == 200, put.body
    else:
        for path, value in slipped.items():
            answer = await directory.patch(f"/Users/{identifier}", {"op": "replace", "path": path, "value": value})
            assert answer.status in (200, 400), (path, answer.body)
        assert (await directory.patch(f"/Users/{identifier}", {"op": "add", "value": slipped})).status in (200, 400)
    assert await person_row(sql, identifier) == before
    for table in ("grants", "memberships"):
        [row] = await sql(
            f"SELECT count(*) AS n FROM {table} JOIN persons ON persons.id = person_id WHERE issuer = :issuer",
            issuer=ISSUER,
        )
        assert row["n"] == 0

"""Filters, orders, pages and projections; whatever a directory sends is answered or refused, never an error of ours."""

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chatelet.identity.scim.conditions import group_condition, user_condition
from chatelet.identity.scim.failures import InvalidFilter, ScimFailure
from chatelet.identity.scim.filters import All, Comparison, Opposite, Present, Some, Within, parse_filter
from chatelet.identity.scim.patch import apply, read_changes
from chatelet.identity.scim.resources import read_group, read_user
from tests.identity.scim.conftest import Directory


def test_a_filter_is_read_as_the_rfc_says() -> None:
    a, b, c = (Comparison(name, "eq", name) for name in "abc")
    assert parse_filter('a eq "a" or b eq "b" and c eq "c"') == Some((a, All((b, c))))
    assert parse_filter('(a eq "a" or b eq "b") and c eq "c"') == All((Some((a, b)), c))
    assert parse_filter('NOT (a EQ "a") AND b Pr') == All((Opposite(a), Present("b")))
    assert parse_filter('urn:ietf:params:scim:schemas:core:2.0:User:userName sw "\\u00e9\\""') == Comparison(
        "username", "sw", 'é"'
    )
    assert parse_filter('emails[type eq "work" and value co "@x"]') == Within(
        "emails", All((Comparison("type", "eq", "work"), Comparison("value", "co", "@x")))
    )


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "a", "a eq", 'a zz "b"', '"a" eq "b"', 'a eq "b" and', '(a eq "b"', 'a eq "b")', "not a pr",
        'a eq "\\x"', 'a eq "\\u0000"', 'a eq "\\ud800"', "(" * 500 + "a pr" + ")" * 500, " or ".join(["a pr"] * 500),
        'a eq "' + "b" * 9000 + '"', 'a eq "b" ; DROP TABLE persons', "emails[", 'emails[type eq "a"', "a eq 1e999",
        f"a eq {'9' * 5000}",
    ],
)  # fmt: skip
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(InvalidFilter):
        parse_filter(text)


_WORDS = st.sampled_from(
    ["userName", "emails", "members", "active", "id", "meta.lastModified", "emails.value", "groups", "and", "or", "not", "(", ")", "[",
     "]", "pr", "eq", "ne", "co", "sw", "gt", "le", '"a"', '"%"', "true", "null", "3", '"2026-01-01T00:00:00Z"', ".value", '"', "\\"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join)))
def test_any_text_is_a_filter_or_is_refused(text: str) -> None:
    for condition in (user_condition, group_condition):
        with contextlib.suppress(InvalidFilter):
            str(condition(parse_filter(text)))


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["value", "type", "primary", "userName", "name", "emails", "members", "active"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
_PATHS = st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["emails", "members", "name.familyName", 'emails[type eq "a"]', 'members[value eq "b"].value', "active"]))  # fmt: skip


@settings(max_examples=400, deadline=None)
@example([{"op": "add", "value": {"userName": {}}}])
@given(st.lists(st.fixed_dictionaries({"op": st.sampled_from(["add", "Remove", "replace"])}, optional={"path": _PATHS, "value": _JSON}), max_size=4))  # fmt: skip
def test_any_change_is_applied_or_is_refused(operations: list[dict[str, Any]]) -> None:
    start = {"userName": "ada", "displayName": "Ada", "emails": [{"value": "a@b.fr", "type": "a"}]}
    for of_group, read in ((False, read_user), (True, read_group)):
        with contextlib.suppress(ScimFailure):
            read(apply(start, read_changes({"Operations": operations}, of_group=of_group)))


async def test_filters_find(directory: Directory) -> None:
    ada = await directory.user(
        "Ada", emails=[{"value": "ada@exemple.fr", "type": "work"}], name={"familyName": "Lovelace"}
    )
    bob = await directory.user("bob_100%", active=False, externalId=None)
    group = await directory.group("Labo", ada["id"])
    both = ["Ada", "bob_100%"]
    for condition, expected in {
        'userName eq "ADA"': ["Ada"],
        'userName eq "ada" and active eq true': ["Ada"],
        'externalId eq "x-Ada"': ["Ada"],
        'externalId eq "X-ADA"': [],
        "externalId pr": ["Ada"],
        "not (externalId pr)": ["bob_100%"],
        "externalId eq null": ["bob_100%"],
        'externalId ne "x-Ada"': ["bob_100%"],
        'not (externalId eq "x-Ada")': ["bob_100%"],
        'userName co "_100%"': ["bob_100%"],
        'userName sw "a_"': [],
        'userName ew "A"': ["Ada"],
        'active eq "False"': ["bob_100%"],
        'displayName co "AD" or active ne true': both,
        'name.familyName ge "lovelace"': ["Ada"],
        'emails eq "ADA@exemple.fr"': ["Ada"],
        'emails.value co "EXEMPLE"': ["Ada"],
        'emails[type eq "work" and value sw "ada"]': ["Ada"],
        'emails[type eq "home"]': [],
        "emails pr": ["Ada"],
        f'id eq "{bob["id"]}"': ["bob_100%"],
        'id eq "nothing"': [],
        f'groups.value eq "{group["id"]}"': ["Ada"],
        'meta.lastModified gt "2020-01-01T00:00:00Z"': both,
        'meta.lastModified lt "2020-01-01T00:00:00+02:00"': [],
    }.items():
        assert await directory.found(condition) == expected, condition
    assert await directory.found(f'members eq "{ada["id"]}"', "Groups") == ["Labo"]
    assert await directory.found(f'members[value eq "{bob["id"]}"]', "Groups") == []
    assert await directory.found('displayName eq "LABO"', "Groups") == ["Labo"]


@pytest.mark.parametrize(
    "condition",
    ['password eq "x"', "active gt true", 'active eq "maybe"', "userName eq 3", "userName gt null", 'meta.created eq "hier"',
     'meta.created co "2026-01-01"', 'meta.created gt "0001-01-01T00:00:00+14:00"', 'emails[nothing eq "x"]', "userName[value pr]"],
)  # fmt: skip
async def test_what_cannot_be_compared_is_refused(condition: str, directory: Directory) -> None:
    answer = await directory.call("GET", "/Users", params={"filter": condition})
    assert (answer.status, answer.body["scimType"]) == (400, "invalidFilter")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_WORDS, max_size=7), start=st.text(max_size=5), sort=st.text(max_size=8))
async def test_the_service_answers_whatever_is_asked(
    words: list[str], start: str, sort: str, directory: Directory
) -> None:
    params = {"filter": " ".join(words), "startIndex": start, "sortBy": sort}
    answer = await directory.call("GET", "/Users", params=params)
    assert answer.status in (200, 400), answer.raw
    said = await directory.call("POST", "/Users/.search", {**params, "count": sort})
    assert said.status in (200, 400), said.raw


async def test_pages_and_orders(directory: Directory) -> None:
    for name in ("c", "a", "b"):
        await directory.user(name)

    async def page(**params: Any) -> tuple[int, int, list[str]]:
        body = (await directory.call("GET", "/Users", params={key: str(value) for key, value in params.items()})).body
        return body["totalResults"], body["itemsPerPage"], [one["userName"] for one in body["Resources"]]

    assert await page(sortBy="userName", count=2) == (3, 2, ["a", "b"])
    assert await page(sortBy="userName", count=2, startIndex=3) == (3, 1, ["c"])
    assert await page(sortBy="userName", sortOrder="descending", startIndex=-4) == (3, 3, ["c", "b", "a"])
    assert await page(count=0) == (3, 0, [])
    assert await page(count=-1) == (3, 0, [])
    assert await page(startIndex=99) == (3, 0, [])
    body = {"filter": 'userName ge "b"', "sortBy": "displayName", "attributes": ["userName"]}
    found = (await directory.call("POST", "/Users/.search", body)).body
    assert [sorted(one) for one in found["Resources"]] == [["id", "schemas", "userName"]] * 2
    wrong = await directory.call("GET", "/Users", params={"count": "many"})
    assert (wrong.status, wrong.body["scimType"]) == (400, "invalidValue")


async def test_what_is_not_wanted_is_not_returned(directory: Directory) -> None:
    made = await directory.user("ada", name={"familyName": "L", "givenName": "A"})

    async def names(**params: str) -> Any:
        return (await directory.call("GET", f"/Users/{made['id']}", params=params)).body

    assert await names(attributes="name.familyName") == {
        "schemas": made["schemas"], "id": made["id"], "name": {"familyName": "L"},
    }  # fmt: skip
    assert "name" not in await names(excludedAttributes="NAME,id")
    assert "id" in await names(excludedAttributes="id")
    part = await names(excludedAttributes="urn:ietf:params:scim:schemas:core:2.0:User:name.givenName")
    assert part["name"] == {"familyName": "L"}

"""Rules over claims: paths, operators, what each match names; nothing of a token is ever shown."""

from typing import Any

import pytest

from chatelet.identity.single_sign_on.claims import Operator, Rule, has_value, matches, shown, values_at

CLAIMS: dict[str, Any] = {
    "sub": "ada",
    "department": "LAB1",
    "groups": ["chatelet-admins", "unit:LAB1", "unit:LAB2", "unit:"],
    "realm_access": {"roles": ["agent", "referent"]},
    "https://example.org/roles": ["x"],
    "a.b": {"c": "dotted"},
    "a": {"b": {"c": "nested"}},
    "belongs": [{"code": "U1"}, {"code": "U2"}, {"name": "none"}],
    "level": 3,
    "active": True,
    "empty": "",
    "nothing": None,
    "forged": "line\nbreak",
}


def rule(claim: str, operator: Operator, *values: str, unit: str | None = "U", **more: Any) -> Rule:
    given = {"takes_unit_from_claim": False, "role_code": None, **more}
    return Rule(position=1, claim=claim, operator=operator, values=values, unit_code=unit, **given)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("department", ["LAB1"]),
        ("realm_access.roles", ["agent", "referent"]),
        ("https://example.org/roles", ["x"]),
        ("a.b.c", ["dotted"]),
        ("belongs.code", ["U1", "U2"]),
        ("level", ["3"]),
        ("active", ["true"]),
        ("empty", [""]),
        ("nothing", []),
        ("absent.deep", []),
        ("department.more", []),
        ("forged", []),
        ("realm_access", []),
        ("", []),
    ],
)
def test_a_path_leads_to_its_values(path: str, values: list[str]) -> None:
    assert values_at(CLAIMS, path) == values
    assert has_value(CLAIMS, path) is bool(values)


@pytest.mark.parametrize(
    ("tried", "found"),
    [
        (rule("department", "equals", "LAB1"), True),
        (rule("department", "equals", "lab1"), False),
        (rule("department", "equals", "LAB"), False),
        (rule("department", "prefix", "LAB"), True),
        (rule("department", "contains", "AB"), True),
        (rule("department", "one_of", "LAB9", "LAB1"), True),
        (rule("department", "one_of", "LAB9"), False),
        (rule("groups", "equals", "chatelet-admins"), True),
        (rule("groups", "equals", "admins"), False),
        (rule("active", "equals", "true"), True),
        (rule("active", "present"), True),
        (rule("empty", "present"), False),
        (rule("absent", "present"), False),
    ],
)
def test_an_operator_looks_at_each_value(tried: Rule, found: bool) -> None:
    assert bool(matches((tried,), CLAIMS)) is found


def test_a_unit_may_be_taken_from_the_claim() -> None:
    taken = rule("groups", "prefix", "unit:", unit=None, takes_unit_from_claim=True)
    assert [match.unit_code for match in matches((taken,), CLAIMS)] == ["LAB1", "LAB2"]
    every = rule("belongs.code", "present", unit=None, takes_unit_from_claim=True)
    assert [match.unit_code for match in matches((every,), CLAIMS)] == ["U1", "U2"]


def test_a_hostile_depth_or_width_ends() -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = {"a": deep}
    assert values_at(deep, ".".join("a" * 100)) == []
    assert len(values_at({"g": ["x"] * 100_000}, "g")) == 2_000


def test_the_inspector_shows_no_token() -> None:
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
    told = shown({"sub": "a", "nonce": "n", "at_hash": "h", "extra": {"id_token": token, "list": [f"Bearer {token}"]}})
    assert told == {"sub": "a", "extra": {"id_token": "…", "list": ["Bearer …"]}}

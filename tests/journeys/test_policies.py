"""An officer writes rules, tries them on last week, publishes: refusals name the rule, and no words are read."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from chatelet.commands.policy import _cases, _world, is_expected, judge_case, read_case
from chatelet.kernel.database import Database
from chatelet.settings import Settings
from tests.journeys.conftest import NewVisitor
from tests.journeys.files import send, until_read
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

POLICIES = "/api/admin/policies"


@pytest.fixture
async def boss(new_visitor: NewVisitor) -> Any:
    """An administrator; nothing they published stays for the tests after."""
    visitor = await new_visitor(administrator=True)
    yield visitor
    await visitor.call("POST", f"{POLICIES}/draft", {"rules": {}})
    assert (await visitor.call("POST", f"{POLICIES}/draft/publish")).status == 200


async def unit_of(boss: Visitor, person: Visitor) -> tuple[str, str]:
    """Put a person in a new unit; return its identifier and code."""
    code = f"u{uuid4().hex[:8]}"
    made = await boss.call("POST", "/api/admin/units", {"code": code, "name": "Achats"})
    me = (await person.get("/api/sessions/current"))["person"]["id"]
    put = await boss.call("POST", f"/api/admin/persons/{me}/units", {"unit_id": made.body["id"]})
    assert put.status < 300, put.body
    return made.body["id"], code


async def publish(boss: Visitor, rules: dict[str, Any]) -> dict[str, Any]:
    written = await boss.call("POST", f"{POLICIES}/draft", {"rules": rules})
    assert written.status == 200, written.body
    published = await boss.call("POST", f"{POLICIES}/draft/publish")
    assert published.status == 200, published.body
    return published.body


async def refused_models(person: Visitor, expected: list[str]) -> None:
    async with asyncio.timeout(5):
        while (await person.get("/api/policies/current"))["refused_models"] != expected:
            await asyncio.sleep(0.05)


async def test_a_rule_is_tried_then_refuses_and_says_so(
    boss: Visitor, new_visitor: NewVisitor, beside: Database
) -> None:
    ada, bob = await new_visitor(), await new_visitor()
    unit, _ = await unit_of(boss, ada)
    conversation = await ada.conversation()
    assert (await ada.ask(conversation, "Bonjour [[tokens=2]]", model="scripted")).closed["state"] == "answered"
    rules = {unit: {"models_never": ["scripted"]}}
    draft = (await boss.call("POST", f"{POLICIES}/draft", {"rules": rules})).body
    assert [(one["unit"], one["rule"]) for one in draft["changes"]] == [("Achats", "models_never")]
    tried = (await boss.call("POST", f"{POLICIES}/{draft['items'][0]['id']}/trial")).body
    assert {"rule": "models_never", "unit": "Achats", "turns": 1} in tried["rules"]
    assert (await ada.ask(conversation, "Encore [[tokens=2]]", model="scripted")).closed["state"] == "answered"
    await publish(boss, rules)
    await refused_models(ada, ["scripted"])
    refused = await ada.ask(conversation, "Et là ?", model="scripted")
    assert refused.closed["error"]["code"] == "model_refused_by_unit"
    assert refused.closed["error"]["params"]["unit"] == "Achats"
    assert (await ada.ask(conversation, "Un autre ? [[tokens=2]]")).opened["model"]["id"] == "cleared"
    free = await bob.ask(await bob.conversation(), "Bonjour [[tokens=2]]", model="scripted")
    assert free.closed["state"] == "answered"
    async with beside.transaction() as session:
        names = list(await session.scalars(text("SELECT name FROM journal_events WHERE name LIKE 'policy.%'")))
    assert {"policy.drafted", "policy.tried", "policy.published"} <= set(names)


async def test_works_of_the_desk_follow_the_rules_too(boss: Visitor, new_visitor: NewVisitor) -> None:
    ada = await new_visitor()
    unit, _ = await unit_of(boss, ada)
    asked = {"kind": "translate", "text": "Bonjour à tous.", "to": "en", "model": "scripted"}
    await publish(boss, {unit: {"models_never": ["scripted"]}})
    await refused_models(ada, ["scripted"])
    refused = await ada.call("POST", "/api/writing/works", asked)
    assert (refused.status, refused.body["code"]) == (403, "model_refused_by_unit")
    assert (await ada.call("POST", "/api/writing/works", asked | {"model": "cleared"})).status in {200, 201, 202}


async def test_the_default_label_of_a_unit(boss: Visitor, new_visitor: NewVisitor) -> None:
    ada = await new_visitor()
    unit, _ = await unit_of(boss, ada)
    begun, chosen = await ada.conversation(), await ada.conversation(level="public")
    await ada.ask(chosen, "Bonjour [[tokens=2]]")
    await publish(boss, {unit: {"default_level": "restricted", "models_never": ["vectors"]}})
    await refused_models(ada, ["vectors"])
    assert (await ada.get("/api/policies/current"))["default_level"] == "restricted"
    stored = await ada.get(f"/api/conversations/{await ada.conversation()}")
    assert stored["level"] == "restricted"
    await ada.ask(begun, "Bonjour [[tokens=2]]")  # empty until then: it follows the rule
    assert (await ada.get(f"/api/conversations/{begun}"))["level"] == "restricted"
    await ada.ask(chosen, "Encore [[tokens=2]]")  # had begun: it keeps its label
    assert (await ada.get(f"/api/conversations/{chosen}"))["level"] == "public"
    fresh = await ada.conversation(level="public")
    await ada.ask(fresh, "Bonjour [[tokens=2]]")  # chosen under the rule
    assert (await ada.get(f"/api/conversations/{fresh}"))["level"] == "public"


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"highest_level": "diffusion_restreinte"}, "loosens"),
        ({"highest_level": "public", "default_level": "internal"}, "default"),
        ({"models_never": ["inconnu"]}, "model"),
        ({"kept_in": {"health": ["nulle part"]}}, "zone"),
    ],
)
async def test_what_would_loosen_or_name_nothing_is_not_written(
    boss: Visitor, rules: dict[str, Any], reason: str
) -> None:
    answer = await boss.call("POST", f"{POLICIES}/draft", {"rules": {"*": rules}})
    assert (answer.status, answer.body["code"], answer.body["params"]["reason"]) == (422, "policy_invalid", reason)


async def test_cases_are_judged_by_the_same_function(
    boss: Visitor, new_visitor: NewVisitor, beside: Database, service: Service, tmp_path: Path
) -> None:
    ada = await new_visitor()
    _, code = await unit_of(boss, ada)
    written = {
        "rules": {code: {"models_never": ["scripted"]}},
        "case": [
            {"unit": code, "model": "scripted", "expect": "refused", "rule": "models_never"},
            {"unit": code, "model": "cleared", "categories": ["health"], "expect": "allowed"},
            {"model": "scripted", "categories": ["health"], "expect": "refused"},
            {"unit": code, "model": "scripted", "expect": "allowed"},
        ],
    }
    async with beside.transaction() as session:
        world = await _world(session, Settings(data_dir=tmp_path), json.loads(json.dumps(written["rules"])))
    found = [(case, judge_case(world, case)) for case in _cases(written)]
    assert [is_expected(case, verdict) for case, verdict in found] == [True, True, True, False]
    with pytest.raises(ValueError, match="no unit"):
        judge_case(world, {"unit": "nulle-part", "expect": "allowed"})


async def test_the_command_judges_cases_and_its_code_says_whether_all_held(
    boss: Visitor, new_visitor: NewVisitor, service: Service, tmp_path: Path
) -> None:
    _, code = await unit_of(boss, await new_visitor())
    written = f"""
[rules.{code}]
models_never = ["scripted"]

[[case]]
unit = "{code}"
model = "scripted"
expect = "refused"
rule = "models_never"

[[case]]
unit = "{code}"
model = "cleared"
categories = ["health"]
expect = "allowed"
"""
    file = tmp_path / "cases.toml"
    for more, expected in (
        ("", 0),
        (f'\n[[case]]\nunit = "{code}"\nmodel = "scripted"\nexpect = "allowed"\n', 1),
        ('\n[[case]]\nunit = "nulle-part"\nexpect = "allowed"\n', 2),
    ):
        file.write_text(written + more, "utf-8")
        done = await asyncio.to_thread(service.command, "policy", "test", str(file))
        assert done.returncode == expected, (more, done.stdout, done.stderr)
    assert "nulle-part" in done.stdout + done.stderr


async def test_the_dry_run_is_of_the_last_week(boss: Visitor, new_visitor: NewVisitor, beside: Database) -> None:
    ada = await new_visitor()
    unit, _ = await unit_of(boss, ada)
    conversations = [await ada.conversation() for _ in range(2)]
    for one in conversations:
        assert (await ada.ask(one, "Bonjour [[tokens=2]]", model="scripted")).closed["state"] == "answered"
    older = text("UPDATE turns SET created_at = created_at - interval '8 days' WHERE conversation_id = :id")
    async with beside.transaction() as session:
        await session.execute(older, {"id": conversations[0]})
    written = {"rules": {unit: {"models_never": ["scripted"]}}}
    draft = (await boss.call("POST", f"{POLICIES}/draft", written)).body["items"][0]["id"]
    tried = (await boss.call("POST", f"{POLICIES}/{draft}/trial")).body
    assert {"rule": "models_never", "unit": "Achats", "turns": 1} in tried["rules"]
    assert tried["days"] == 7


async def test_a_marking_of_the_institution_gives_its_level_everywhere(
    boss: Visitor, new_visitor: NewVisitor, beside: Database, service: Service, tmp_path: Path
) -> None:
    """Written by the officer, tried on a text, published: questions, drafts and files that bear it have its level."""
    ada = await new_visitor()
    marked = "DIFFUSION MAÎTRISÉE\n\nLa relève a lieu à six heures."
    rules = {"*": {"markings": {"restricted": ["Diffusion maîtrisée"]}}}
    unit, _ = await unit_of(boss, ada)
    wrong = await boss.call("POST", f"{POLICIES}/draft", {"rules": {unit: rules["*"]}})
    assert (wrong.status, wrong.body["params"]["reason"]) == (422, "markings_of_unit")
    for refused in ({"restricted": ["!"]}, {"restricted_3": ["Diffusion maîtrisée"]}, {"restricted": ["a b"] * 41}):
        body = {"rules": {"*": {"markings": refused}}}
        assert (await boss.call("POST", f"{POLICIES}/draft", body)).status == 422, refused
    draft = (await boss.call("POST", f"{POLICIES}/draft", {"rules": rules})).body["items"][0]["id"]
    tried = (await boss.call("POST", f"{POLICIES}/{draft}/reading", {"text": marked})).body
    assert (tried["level"], [one["type"] for one in tried["spotted"]]) == ("restricted", ["declared_restricted"])
    before = await ada.call("POST", "/api/sensitivity/look", {"text": marked})
    assert before.body["level"] == "public", "a draft holds nothing yet"
    await publish(boss, rules)
    async with asyncio.timeout(5):
        while (await ada.call("POST", "/api/sensitivity/look", {"text": marked})).body["level"] != "restricted":
            await asyncio.sleep(0.05)
    conversation = await ada.conversation()
    await ada.ask(conversation, f"{marked} [[tokens=2]]")
    assert (await ada.get(f"/api/conversations/{conversation}"))["level"] == "restricted"
    file = await until_read(ada, await send(ada, "note.txt", marked.encode()))
    assert (file["state"], file["level"]) == ("read", "restricted")
    cases = [
        {"text": marked, "reads": "restricted", "model": "cleared", "expect": "allowed"},
        {"text": "La diffusion maîtrisée d’un film.", "reads": "public", "expect": "allowed"},
        {"text": marked, "reads": "internal", "expect": "allowed"},
        {"text": "TRÈS SECRET\n\nNote.", "expect": "refused", "rule": "marking_refused"},
    ]
    async with beside.transaction() as session:
        world = await _world(session, Settings(data_dir=tmp_path), None)
    read = [(case, found := read_case(world, case), judge_case(world, case, found)) for case in _cases({"case": cases})]
    assert [is_expected(case, verdict, found.label.level) for case, found, verdict in read] == [True, True, False, True]

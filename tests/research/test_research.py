"""A research over HTTP: nothing leaves before the plan is confirmed, then sources, notes, contradictions, a report."""

import asyncio
import io
import zipfile

from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.fakes.scholarly_server import ScholarlyServer
from tests.journeys import files
from tests.journeys.test_closed_bases import consulted
from tests.journeys.visitor import Visitor
from tests.research.conftest import Web, confirm, items_of, proposed, until
from tests.research.researcher import Researcher, planned

QUESTION = "Combien de temps faut-il conserver les factures et les bons de commande ?"


async def test_a_question_becomes_a_plan_then_a_report(
    ada: Visitor, web: Web, model: Researcher, stored: Database
) -> None:
    web.usual()
    count = text("SELECT count(*) FROM model_usage WHERE purpose = 'research'")
    async with stored.transaction() as session:
        before = await session.scalar(count)
    plan = await proposed(ada, QUESTION)
    assert (plan["plan_by"], plan["sources"], plan["spent"]["steps"]) == ("model", [], 1)
    assert [one["queries"][0]["words"] for one in plan["items"]] == [
        "conservation factures délai",
        "bons de commande délai",
    ]
    assert web.engine.requests == [], "nothing leaves before the plan is confirmed"
    await confirm(ada, plan)
    done = await until(ada, plan["id"], "done")
    assert sorted(web.engine.queries) == ["bons de commande délai", "conservation factures délai"]
    assert [one["queries"][0]["state"] for one in done["items"]] == ["read", "read"]
    assert {one["address"] for one in done["sources"]} == {
        web.first.origin + "/factures",
        web.second.origin + "/factures",
        web.first.origin + "/bons",
    }
    for note in done["notes"]:
        source = await ada.get(f"/api/research/{plan['id']}/sources/{note['source']}")
        assert " ".join(source["text"][note["start"] : note["end"]].split()) == note["quote"]
    assert [(one["kind"], one["by"]) for one in done["conflicts"]] == [("figure", "code")]
    conflict = done["conflicts"][0]
    assert {("dix ans" in one["quote"]) for one in (conflict["first"], conflict["second"])} == {True, False}
    assert [one["item"] for one in done["sections"]] == [None, 0, 1]
    for section in done["sections"]:
        assert section["left_out"] == []
        assert all(sentence["cited"] for line in section["paragraphs"] for sentence in line)
    cited = done["sections"][1]["paragraphs"][0][0]["cited"][0]
    source = await ada.get(f"/api/research/{plan['id']}/sources/{cited['source']}")
    assert "délai de conservation" in source["text"][cited["start"] : cited["end"]]
    read = model.asked("notes")[0]
    assert web.first.origin not in read
    assert web.second.origin not in read
    async with stored.transaction() as session:
        of = text("SELECT name, data::text FROM journal_events WHERE object_id = :id")
        rows = await session.execute(of, {"id": plan["id"]})
        lines = [(str(name), str(data)) for name, data in rows]
    names = [name for name, _data in lines]
    assert names.count("research.queried") == names.count("research.read") == 2
    assert {"research.asked", "research.confirmed", "research.closed"} <= set(names)
    assert not [data for _name, data in lines if "facture" in data or "127.0.0.1" in data]
    async with stored.transaction() as session:
        counted = await session.scalar(count)
    assert counted - before == len([one for one in model.exchanges if "messages" in one.body])


async def test_the_report_is_taken_away_with_its_mark(ada: Visitor, web: Web, model: Researcher) -> None:
    web.usual()
    plan = await proposed(ada, QUESTION)
    early = await ada.call("GET", f"/api/research/{plan['id']}/report?format=md")
    assert (early.status, early.body["code"]) == (409, "research_not_ready")
    await confirm(ada, plan)
    await until(ada, plan["id"], "done")
    written = (await ada.call("GET", f"/api/research/{plan['id']}/report?format=md")).body.decode()
    assert "intelligence artificielle" in written
    assert "dix ans" in written
    assert web.first.origin + "/factures" in written.replace("\\", "")
    assert "disent différemment" in written
    for form, name in (("docx", "word/document.xml"), ("odt", "content.xml")):
        answer = await ada.call("GET", f"/api/research/{plan['id']}/report?format={form}")
        assert answer.status == 200
        with zipfile.ZipFile(io.BytesIO(answer.body)) as made:
            assert "dix ans" in made.read(name).decode()
            assert any(b"ai_generated" in made.read(one) for one in made.namelist())


async def test_a_report_to_publish_names_who_reviewed_it(ada: Visitor, web: Web, model: Researcher) -> None:
    web.usual()
    plan = await proposed(ada, QUESTION)
    path = f"/api/research/{plan['id']}/publication"
    body = {"form": "md", "reviewed": True, "label": "Relu par une personne --> qui en répond."}
    early = await ada.call("POST", path, body)
    assert (early.status, early.body["code"]) == (409, "research_not_ready")
    await confirm(ada, plan)
    assert (await until(ada, plan["id"], "done"))["language"] == "fr"
    assert (await ada.call("POST", path, {"form": "md"})).status == 422, "nobody reviewed it: its label stays"
    written = (await ada.call("POST", path, body)).body.decode()
    name = (await ada.get("/api/sessions/current"))["person"]["name"]
    assert "ai_generated" in written
    assert f"<!-- human_reviewer: {name} -->" in written
    assert "*Relu par une personne --> qui en répond.*" in written
    assert written.count("-->") == written.count("<!--") + 1, "a label closes no comment"
    for form, part in (("docx", "docProps/custom.xml"), ("odt", "meta.xml")):
        answer = await ada.call("POST", path, {**body, "form": form})
        with zipfile.ZipFile(io.BytesIO(answer.body)) as made:
            assert f">{name}<" in made.read(part).decode()
            assert b"ai_generated" in made.read(part)


async def test_exactly_the_words_confirmed_leave(ada: Visitor, web: Web, model: Researcher) -> None:
    web.usual()
    plan = await proposed(ada, QUESTION)
    changed = {**plan, "items": [{"question": "Autre", "queries": [{"where": "web", "words": "mots choisis"}]}]}
    await confirm(ada, changed)
    done = await until(ada, plan["id"], "done")
    assert web.engine.queries == ["mots choisis"]
    assert (done["plan_by"], done["sources"], done["notes"]) == ("person", [], [])
    assert done["sections"][0]["paragraphs"] == []
    again = await ada.call(
        "POST", f"/api/research/{plan['id']}/confirm", {"items": items_of(plan), "budget": _budget()}
    )
    assert (again.status, again.body["code"]) == (409, "research_not_ready")


def _budget() -> dict[str, int]:
    return {"steps": 60, "minutes": 5, "tokens": 100_000}


async def test_publications_and_own_bases_are_looked_into(
    ada: Visitor, web: Web, model: Researcher, scholarly: ScholarlyServer, stored: Database
) -> None:
    scholarly.asked.clear()
    base = (await ada.call("POST", "/api/collections", {"name": "Archives"})).body["id"]
    note = "Le délai de conservation des factures est de dix ans, selon la note du service des archives."
    file = await files.send(ada, "note.txt", (note + "\n\n" + "Une autre phrase du dossier. " * 30).encode())
    await files.until_read(ada, file)
    added = await ada.call("POST", f"/api/collections/{base}/documents", {"items": [{"file_id": file}]})
    assert added.status in (200, 201), added.body
    async with asyncio.timeout(30):
        while (await ada.get(f"/api/collections/{base}/documents"))["items"][0]["version"]["state"] != "indexed":
            await asyncio.sleep(0.1)
    model.writes["plan"] = planned(
        ("Quel est le délai de conservation des factures ?", [("bases", "délai de conservation des factures")]),
        ("Qu'en disent les travaux ?", [("scholarly", "records retention"), ("web", "jamais choisi")]),
    )
    more = {"where": ["scholarly", "bases"], "collections": [base], "level": "public"}
    refused = await ada.call("POST", "/api/research", {"question": QUESTION, **more, "collections": []})
    assert (refused.status, refused.body["code"]) == (404, "collection_not_found")
    plan = await proposed(ada, QUESTION, **more)
    assert plan["level"] == "internal", "the base's level is joined"
    assert [one["where"] for item in plan["items"] for one in item["queries"]] == ["bases", "scholarly"]
    await confirm(ada, plan)
    done = await until(ada, plan["id"], "done")
    assert (len(web.engine.requests), {name for name, *_ in scholarly.asked}) == (0, {"hal", "crossref"})
    kinds = {one["where"] for one in done["sources"]}
    assert kinds == {"bases", "scholarly"}
    works = [one for one in done["sources"] if one["where"] == "scholarly"]
    assert all(one["title"] and one["authors"] for one in works)
    own = next(one for one in done["sources"] if one["where"] == "bases")
    assert (own["title"], own["address"]) == ("note.txt", "")
    assert "dix ans" in (await ada.get(f"/api/research/{plan['id']}/sources/{own['number']}"))["text"]
    assert [one["quote"] for one in done["notes"] if one["source"] == own["number"]] == [note]
    assert await consulted(stored, base) == []
    assert (await ada.call("PATCH", f"/api/collections/{base}", {"closed": True})).status == 200
    await ada.get(f"/api/research/{plan['id']}/sources/{own['number']}")
    assert [way for _, way in await consulted(stored, base)] == ["document"], "looked into again"
    assert (await ada.call("DELETE", f"/api/collections/{base}")).status == 204
    closed = await ada.call("GET", f"/api/research/{plan['id']}/sources/{own['number']}")
    assert (closed.status, closed.body["code"]) == (404, "research_source_withdrawn")

"""A question and its answer: streamed, stored, followed from elsewhere, stopped, retried, branched, accounted for."""

import asyncio
import time
from uuid import uuid4

import pytest

from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor


async def read(visitor: Visitor, conversation: str) -> dict:
    return await visitor.get(f"/api/conversations/{conversation}")


async def test_ask_read_find_again(ada: Visitor) -> None:
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, "Dis bonjour [[say=Bonjour_le_monde_!]]")
    assert stream.text == "Bonjour le monde\u202f!"
    assert stream.opened["model"]["zone"]["country"] == "FR"
    assert stream.closed["state"] == "answered"
    usage = stream.closed["usage"]
    assert usage["completion_tokens"] > 0
    assert usage["energy_wh"] > 0
    assert usage["cost_euros"] > 0
    stored = await read(ada, conversation)
    assert [message["text"] for message in stored["messages"]][1] == stream.text
    assert stored["turns"][0]["state"] == "answered"
    assert stored["title"].startswith("Dis bonjour")
    found = await ada.get("/api/conversations/search", params={"q": "BONJOUR monde"})
    assert [item["id"] for item in found["items"]] == [conversation]


@pytest.mark.parametrize(
    ("question", "rules"),
    [
        (
            "Qui doit être promu dans le service",
            ("Reste neutre", "illicite", "Ne juge personne", "revient à un humain"),
        ),
        ("Who should be promoted in the team", ("Stay neutral", "unlawful", "Judge nobody", "is a human's")),
    ],
)
async def test_the_model_is_asked_for_neutral_and_lawful_answers(
    ada: Visitor, scripted: ModelServer, question: str, rules: tuple[str, ...]
) -> None:
    asked = f"{question} {uuid4().hex} ?"
    await ada.ask(await ada.conversation(), asked)
    told = [one.body["messages"] for one in scripted.exchanges if "messages" in one.body]
    received = next(messages for messages in told if messages[-1]["content"] == asked)
    assert received[0]["role"] == "system"
    assert [words for words in rules if words not in received[0]["content"]] == []


async def test_the_title_is_proposed_by_the_model_off_the_path(ada: Visitor, scripted: ModelServer) -> None:
    scripted.answers["Donne un titre"] = "« La lumière en ligne droite »"
    conversation = await ada.conversation()
    await ada.ask(conversation, "Comment se propage la lumière ?")
    async with asyncio.timeout(10):
        while (await read(ada, conversation))["title"] != "La lumière en ligne droite":
            await asyncio.sleep(0.1)
    await ada.call("PATCH", f"/api/conversations/{conversation}", {"title": "Optique"})
    await ada.ask(conversation, "Et encore ?")
    await asyncio.sleep(0.5)
    assert (await read(ada, conversation))["title"] == "Optique"
    del scripted.answers["Donne un titre"]


async def test_closing_the_tab_does_not_stop_the_answer(ada: Visitor) -> None:
    conversation = await ada.conversation()
    async with ada.asking(conversation, "[[tokens=60 rate=60]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 10)
    turn = stream.opened["turn_id"]
    async with ada.following(conversation, turn, stream.position) as again:
        await again.read()
    assert again.closed["state"] == "answered"
    stored = await read(ada, conversation)
    assert stream.text + again.text == stored["messages"][1]["text"]


async def test_a_second_tab_at_any_point_reads_the_same(ada: Visitor) -> None:
    conversation = await ada.conversation()
    async with ada.asking(conversation, "[[tokens=50 rate=50]]") as first:
        await first.read(lambda seen: seen.position > 0)
        turn = first.opened["turn_id"]

        async def join(after: int, wait: float) -> tuple[int, str]:
            await asyncio.sleep(wait)
            async with ada.following(conversation, turn, after) as stream:
                await stream.read()
                assert stream.closed["state"] == "answered"
                return after, stream.text

        joins = [asyncio.create_task(join(after, after / 60)) for after in range(0, 60, 7)]
        await first.read()
        whole = first.text
        for task in joins:
            after, text = await task
            assert text == whole[after:]


async def test_stop_keeps_the_text_and_frees_the_model(ada: Visitor, scripted: ModelServer) -> None:
    conversation = await ada.conversation()
    async with ada.asking(conversation, "[[tokens=500 rate=40]] à arrêter") as stream:
        await stream.read(lambda seen: len(seen.text) > 30)
        asked = time.monotonic()
        assert await ada.stop(conversation, stream.opened["turn_id"]) == 202
        await stream.read()
    assert stream.closed["state"] == "stopped"
    async with asyncio.timeout(2):
        exchange = next(one for one in scripted.exchanges if "à arrêter" in str(one.body))
        while exchange.closed_by_client_at is None:
            await asyncio.sleep(0.01)
    assert exchange.closed_by_client_at - asked < 2
    stored = await read(ada, conversation)
    assert stored["messages"][1]["text"] == stream.text


async def test_retry_and_edit_make_branches(ada: Visitor) -> None:
    conversation = await ada.conversation()
    first = await ada.ask(conversation, "Un [[say=1]]")
    second = await ada.ask(conversation, "Deux [[say=2]]")
    retried = await ada.ask(conversation, retry_of=second.opened["turn_id"])
    edited = await ada.ask(conversation, "Trois [[say=3]]", parent_turn_id=first.opened["turn_id"])
    assert retried.opened["question_id"] == second.opened["question_id"]
    assert retried.opened["parent_turn_id"] == edited.opened["parent_turn_id"] == first.opened["turn_id"]
    stored = await read(ada, conversation)
    assert stored["head_turn_id"] == edited.opened["turn_id"]
    assert len(stored["turns"]) == 4
    back = await ada.call("PATCH", f"/api/conversations/{conversation}", {"head_turn_id": second.opened["turn_id"]})
    assert back.status == 200
    new_root = await ada.ask(conversation, "Autre départ [[say=0]]", parent_turn_id=None)
    assert new_root.opened["parent_turn_id"] is None


async def test_the_same_question_sent_twice_is_asked_once(ada: Visitor, scripted: ModelServer) -> None:
    conversation, key = await ada.conversation(), str(uuid4())
    streams = await asyncio.gather(
        *(ada.ask(conversation, f"[[tokens=20 rate=40]] {key}", client_key=key) for _ in range(3))
    )
    assert len({stream.opened["turn_id"] for stream in streams}) == 1
    assert {stream.text for stream in streams} == {streams[0].text}
    asked = [one for one in scripted.exchanges if key in str(one.body.get("messages"))]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("fault", "code", "keeps"),
    [
        ("hang_first", "model_timeout_first_token", False),
        ("hang_between", "model_timeout_between_tokens", True),
        ("truncated", "model_broken_answer", True),
        ("malformed_json", "model_broken_answer", True),
        ("reset", "model_broken_answer", True),
        ("500", "model_unreachable", False),
        ("429", "model_overloaded", False),
        ("401", "model_refused_credentials", False),
    ],
)
async def test_a_faulty_model_gives_a_coded_error_and_keeps_the_text(
    ada: Visitor, fault: str, code: str, keeps: bool
) -> None:
    conversation, other = await ada.conversation(), await ada.conversation()
    async with ada.asking(other, "[[tokens=30 rate=30]]") as beside:
        stream = await ada.ask(conversation, f"[[fault={fault} after=4]]")
        await beside.read()
    assert beside.closed["state"] == "answered"
    assert stream.closed["state"] == "failed"
    assert stream.closed["error"]["code"] == code
    assert bool(stream.text) == keeps
    stored = await read(ada, conversation)
    assert stored["turns"][0]["error"]["code"] == code
    assert "".join(message["text"] for message in stored["messages"][1:]) == stream.text
    again = await ada.ask(conversation, "Et maintenant ? [[say=Oui.]]")
    assert again.closed["state"] == "answered"


async def test_a_level_that_no_model_may_receive_is_refused_with_its_reason(
    ada: Visitor, scripted: ModelServer
) -> None:
    administrator_asks = len(scripted.asked)
    refused = await ada.call("POST", "/api/conversations", {"level": "diffusion_restreinte"})
    assert (refused.status, refused.body["code"]) == (403, "level_not_allowed")
    conversation = await ada.conversation(level="restricted")
    stream = await ada.ask(conversation, "Note [[say=Bien]]")
    assert stream.closed["state"] == "answered"
    assert len(scripted.asked) > administrator_asks


async def test_another_persons_turn_cannot_be_read_stopped_or_continued(ada: Visitor, bob: Visitor) -> None:
    conversation = await ada.conversation()
    async with ada.asking(conversation, "[[tokens=40 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 5)
        turn = stream.opened["turn_id"]
        for method, path, body in (
            ("GET", f"/api/conversations/{conversation}", None),
            ("GET", f"/api/conversations/{conversation}/turns/{turn}/events", None),
            ("POST", f"/api/conversations/{conversation}/turns/{turn}/stop", None),
            ("POST", f"/api/conversations/{conversation}/turns", {"text": "moi"}),
            ("POST", f"/api/conversations/{conversation}/turns", {"retry_of": turn}),
            ("PATCH", f"/api/conversations/{conversation}", {"title": "à moi"}),
            ("DELETE", f"/api/conversations/{conversation}", None),
            ("GET", f"/api/conversations/{conversation}/export", None),
            ("POST", f"/api/conversations/{conversation}/restore", None),
        ):
            answer = await bob.call(method, path, body)
            assert answer.status == 404, (method, path)
        mine = await bob.conversation()
        crossed = await bob.call("GET", f"/api/conversations/{mine}/turns/{turn}/events")
        assert crossed.status == 404
        await stream.read()
    assert stream.closed["state"] == "answered"


async def test_signing_out_ends_the_streams_of_this_session_only(service: Service, ada: Visitor) -> None:
    conversation = await ada.conversation()
    elsewhere = Visitor(ada.http, ada.address, ada.token)
    async with elsewhere.asking(conversation, "[[tokens=200 rate=40]]") as stream:
        await stream.read(lambda seen: len(seen.text) > 5)
        assert (await ada.call("DELETE", "/api/sessions/current")).status == 204
        ended = time.monotonic()
        await stream.read(seconds=6)
        assert time.monotonic() - ended < 5
    assert stream.events[-1]["type"] != "closed"
    assert (await elsewhere.call("GET", "/api/conversations")).status == 401


async def test_a_long_conversation_never_ends_in_an_error(ada: Visitor) -> None:
    conversation = await ada.conversation()
    long = "Un paragraphe assez long pour remplir le contexte du modèle. " * 80
    for number in range(8):
        stream = await ada.ask(conversation, f"{number} {long} [[say=Réponse_{number}]]")
        assert stream.closed["state"] == "answered", stream.closed
    codes = [notice["code"] for notice in stream.all("notice")]
    assert codes
    assert set(codes) <= {"history_shortened", "history_summarised"}
    too_long = await ada.ask(conversation, "mot " * 30_000)
    assert too_long.closed["state"] == "failed"
    assert too_long.closed["error"]["code"] == "question_too_long"
    assert (await ada.ask(conversation, "Et après ? [[say=Suite]]")).closed["state"] == "answered"


async def test_quotations_are_checked_against_what_was_given(ada: Visitor) -> None:
    given = "Le conseil du 3 mars a décidé de fermer le site de Rouen à la fin de l'année 2027. " * 6
    answer = "Oui_:_«_fermer_le_site_de_Rouen_»_et_«_ouvrir_le_site_de_Dieppe_demain_»."
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, f"{given} Que dit ce texte ? [[say={answer}]]")
    ((told,),) = (stream.all("citations"),)
    assert [item["verified"] for item in told["items"]] == [True, False]
    first = told["items"][0]
    assert stream.text[first["start"] : first["end"]] == "fermer le site de Rouen"
    stored = await read(ada, conversation)
    assert stored["turns"][0]["citations"] == told["items"]
    question = next(message for message in stored["messages"] if message["id"] == first["message_id"])
    assert question["text"][first["source_start"] : first["source_end"]] == "fermer le site de Rouen"

"""Images shown to a model that sees: drawn by us, bounded, without metadata; to no other model, and never an address."""

import base64
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.documents.ocr.scanning import drawn, png, scan
from tests.fakes.model_server import ModelServer
from tests.journeys.conftest import NewVisitor
from tests.journeys.files import send, until_read
from tests.journeys.test_public_api import new_key
from tests.journeys.test_public_api_limits import post
from tests.journeys.visitor import Visitor

HEIC = (Path(__file__).parents[1] / "documents" / "photo.heic").read_bytes()


@pytest.fixture
async def seeing(new_visitor: NewVisitor) -> AsyncIterator[str]:
    """Yield the name of a model that sees, not cleared above internal."""
    root = await new_visitor(administrator=True)
    model: dict[str, Any] = {"id": "seeing", "display_name": "Modèle qui voit", "backend": "scripted"}
    model |= {"upstream": "scripted", "abilities": ["chat", "vision"], "highest_level": "internal"}
    made = await root.call("POST", "/api/admin/models", model | {"context_tokens": 32_768})
    assert made.status == 201, made.body
    yield "seeing"
    await root.call("DELETE", "/api/admin/models/seeing")


def photo(width: int = 4_000, height: int = 3_000) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 160)).save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def asked_last(scripted: ModelServer) -> Any:
    return scripted.last.body["messages"][-1]["content"]


def shown(content: Any) -> list[Image.Image]:
    parts = [part for part in content if part["type"] == "image_url"]
    addresses = [part["image_url"]["url"] for part in parts]
    assert all(address.startswith("data:image/jpeg;base64,") for address in addresses)
    data = [base64.b64decode(address.partition(",")[2]) for address in addresses]
    assert not any(b"Exif" in one or b"Secret" in one for one in data)
    return [Image.open(io.BytesIO(one)) for one in data]


async def test_a_photo_without_text_is_looked_at(ada: Visitor, scripted: ModelServer, seeing: str) -> None:
    file = await send(ada, "plage.jpg", photo())
    conversation = await ada.conversation()
    stream = await ada.ask(conversation, "Que vois-tu ? [[say=La_mer.]]", attachments=[file], model=seeing)
    assert stream.closed["state"] == "answered", stream.closed
    [picture] = shown(asked_last(scripted))
    assert picture.size == (1_568, 1_176)
    notices = {one["code"]: one["params"] for one in stream.all("notice")}
    assert notices == {"source_seen": {"file": file, "pictures": 1}}
    again = await ada.ask(conversation, "Et le ciel ? [[say=Bleu.]]", model=seeing)
    assert again.closed["state"] == "answered"
    assert len(shown(asked_last(scripted))) == 1


async def test_nobody_chose_a_model_one_that_sees_answers(ada: Visitor, scripted: ModelServer, seeing: str) -> None:
    conversation = await ada.conversation()
    files = [await send(ada, f"{number}.jpg", photo(900, 600)) for number in range(6)]
    stream = await ada.ask(conversation, "Décris ces photos [[say=Bleu.]]", attachments=files)
    assert stream.opened["model"]["id"] == seeing
    assert len(shown(asked_last(scripted))) == 4  # no more than four in a turn


@pytest.mark.parametrize("model", [None, "scripted"])
async def test_a_model_that_does_not_see_reads_what_was_recognised(
    ada: Visitor, scripted: ModelServer, seeing: str, model: str | None
) -> None:
    """Without a choice: the model that sees is not cleared for this level."""
    level = "internal" if model else "restricted"
    words, empty = await send(ada, "page.png", png(drawn())), await send(ada, "plage.jpg", photo(900, 600))
    conversation = await ada.conversation(level=level)
    body = {} if model is None else {"model": model}
    stream = await ada.ask(conversation, "Lis [[say=Lu.]]", attachments=[words, empty], **body)
    assert stream.opened["model"]["id"] == "scripted"
    content = asked_last(scripted)
    assert isinstance(content, str)
    assert "cerises" in content
    notices = {one["params"]["file"]: (one["code"], one["params"]) for one in stream.all("notice")}
    assert notices[words][1]["recognised"] == notices[words][1]["pages"] == 1
    assert notices[empty] == ("source_unread", {"file": empty, "reason": "model_sees_no_images"})


async def test_a_scan_is_shown_when_its_look_is_asked_about(ada: Visitor, scripted: ModelServer, seeing: str) -> None:
    file = await send(ada, "arrêté.pdf", scan(drawn()))
    conversation = await ada.conversation()
    await until_read(ada, file)
    await ada.ask(conversation, "Que dit ce texte ? [[say=Rien.]]", attachments=[file], model=seeing)
    assert isinstance(asked_last(scripted), str)
    await ada.ask(conversation, "Y a-t-il un tampon page 1 ? [[say=Non.]]", model=seeing)
    [picture] = shown(asked_last(scripted))
    assert max(picture.size) == 1_568


async def test_over_the_api_data_is_drawn_anew(ada: Visitor, scripted: ModelServer, seeing: str) -> None:
    secret, before = (await new_key(ada))["secret"], len(scripted.asked)

    async def ask(model: str, *addresses: str) -> tuple[int, Any]:
        parts = [{"type": "image_url", "image_url": {"url": address, "detail": "high"}} for address in addresses]
        content = [{"type": "text", "text": "Décris [[say=Oui]]"}, *parts]
        body = {"model": model, "messages": [{"role": "user", "content": content}]}
        status, _, told = await post(ada, secret, "/v1/chat/completions", body)
        return status, told

    address = "data:image/heic;base64," + base64.b64encode(HEIC).decode()
    status, told = await ask(seeing, address, "data:image/jpeg;base64," + base64.b64encode(photo()).decode())
    assert (status, told["choices"][0]["message"]["content"]) == (200, "Oui")
    assert [picture.size for picture in shown(asked_last(scripted))] == [(560, 200), (1_568, 1_176)]
    assert len(scripted.asked) == before + 1
    refused = [
        (await ask("scripted", address), "model_sees_no_images"),
        (await ask(seeing, *[address] * 5), "unsupported_parameter"),
        (await ask(seeing, "data:image/png;base64,AAAA"), "invalid_parameter"),
        (await ask(seeing, "data:image/png;base64,é"), "invalid_parameter"),
        (await ask(seeing, "https://exemple.fr/a.png"), "unsupported_parameter"),
    ]
    assert [(one[0], one[1]["error"]["code"]) for one, _ in refused] == [(400, code) for _, code in refused]
    assert len(scripted.asked) == before + 1


async def test_responses_take_images_too(ada: Visitor, scripted: ModelServer, seeing: str) -> None:
    secret = (await new_key(ada))["secret"]
    parts = [
        {"type": "input_text", "text": "Décris [[say=Oui]]"},
        {"type": "input_image", "image_url": "data:image/heic;base64," + base64.b64encode(HEIC).decode()},
    ]
    body = {"model": seeing, "instructions": "Réponds.", "input": [{"role": "user", "content": parts}]}
    status, _, _told = await post(ada, secret, "/v1/responses", body)
    assert status == 200
    assert [picture.size for picture in shown(asked_last(scripted))] == [(560, 200)]

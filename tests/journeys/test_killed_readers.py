"""`kill -9` while files are read: of the reader, one file fails and says so; of the whole service, nothing is lost."""

import asyncio
import contextlib
import io

import aiohttp
import psutil
from PIL import Image

from tests.documents.ocr.scanning import drawn
from tests.fakes.model_server import ModelServer
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in
from tests.journeys.visitor import Visitor

SECONDS = 120  # of patience, on a busy machine; each step takes a few


def _fax(pages: int) -> bytes:
    out = io.BytesIO()
    picture = Image.fromarray(drawn())
    picture.save(
        out, "TIFF", save_all=True, compression="tiff_lzw", append_images=[picture] * (pages - 1), dpi=(200, 200)
    )
    return out.getvalue()


async def _until_under_way(visitor: Visitor, file: str) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            [found] = (await visitor.get("/api/files", params={"id": file}))["items"]
            assert found["state"] in {"received", "reading"}, found
            if found["state"] == "reading":
                return
            await asyncio.sleep(0.02)


async def _kill_reader(service: Service) -> None:
    """Kill the process that reads, and neither its keeper nor their server."""
    assert service.process is not None
    async with asyncio.timeout(SECONDS):
        while True:
            family = psutil.Process(service.process.pid).children(recursive=True)
            ours = {one.pid: one for one in family if "chatelet.documents.parsing.child" in _command(one)}
            with contextlib.suppress(psutil.NoSuchProcess):  # one that ends while it is looked at
                parents = {one.ppid() for one in ours.values() if one.is_running()}
                readers = [one for one in ours.values() if one.ppid() in ours and one.pid not in parents]
                grand = [one for one in readers if ours[one.ppid()].ppid() in ours]
                if grand:
                    grand[0].kill()
                    return
            await asyncio.sleep(0.01)


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


async def test_killing_the_reader_fails_one_file_and_killing_the_service_none(
    scripted: ModelServer, http: aiohttp.ClientSession
) -> None:
    with installation(scripted.url, CHATELET_DATABASE__EMBEDDED_DURABLE="true", plain=True) as service:
        await service.start()
        await service.create_person("ada@exemple.fr")
        ada = await signed_in(service, http)

        first = await send(ada, "télécopie.tif", _fax(3))
        await _until_under_way(ada, first)
        await _kill_reader(service)
        died = await until_read(ada, first, SECONDS)
        assert (died["state"], died["error"]) == ("failed", "file_damaged")
        assert [one["code"] for one in died["report"]["findings"]] == ["reader_died"]
        beside = await until_read(ada, await send(ada, "note.txt", b"Bonjour"), SECONDS)
        assert beside["state"] == "read"
        assert (await ada.call("POST", f"/api/files/{first}/read")).status == 200
        again = await until_read(ada, first, SECONDS)
        assert (again["state"], again["report"]["pages_recognised"]) == ("read", 3)

        second = await send(ada, "autre.tif", _fax(4))
        await _until_under_way(ada, second)
        await service.kill()
        await service.start()
        ada = await signed_in(service, http)
        found = await until_read(ada, second, SECONDS)
        assert (found["state"], found["report"]["pages_recognised"]) == ("read", 4)

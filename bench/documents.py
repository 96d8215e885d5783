"""What reading costs and delays: `python -m bench.documents` (`--only answerable,memory,import`, `--files 100` for a look).

    answerable   a PDF of 50 pages: from its first byte sent to the first words of an answer that rests on it
    memory       what one reader takes at most: long and dense PDF, scans, a wide sheet
    import       first words of questions, without and then beside an import of 1,000 files: the ratio of the two

On a real service of its own, over HTTP, with a scripted model that answers at once. Compare within one run.
"""

import argparse
import asyncio
import concurrent.futures
import io
import multiprocessing
import statistics
import time
from collections.abc import Sequence

import aiohttp
import numpy as np
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from tests.fakes.model_server import running_model_server
from tests.journeys.files import send, until_read
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor

from chatelet.documents.parsing import sandbox, server
from chatelet.documents.parsing.pdf import hidden, pdfium

PARTS = ("answerable", "memory", "import")
_SENTENCE = "L'article {n} fixe à {m} euros le montant de l'aide versée par la préfète au titre de l'année 2024. "


def pdf(pages: int, lines: int = 46, size: float = 11) -> bytes:
    """Return a PDF of text whose every line is different."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in range(pages):
        canvas.setFont("Helvetica", size)
        for line in range(lines):
            words = _SENTENCE.format(n=page * lines + line, m=137 * (page + 1) + line)
            canvas.drawString(50, A4[1] - 50 - line * (A4[1] - 100) / lines, words[: int(1000 / size)])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(pages: int, dpi: int = 200) -> bytes:
    """Return a TIFF of pages without their text, with the grain of a scanner."""
    document = pdfium.Document(pdf(pages))
    noise = np.random.default_rng(3)
    pictures: list[Image.Image] = []
    for number in range(pages):
        page = document.page(number)
        assert page is not None
        grey = hidden.picture(page, round(page.width * dpi / 72), round(page.height * dpi / 72)).astype(np.float32)
        page.close()
        pictures.append(Image.fromarray(np.clip(grey * 0.9 + noise.normal(10, 8, grey.shape), 0, 255).astype(np.uint8)))
    document.close()
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], dpi=(dpi, dpi), compression="tiff_lzw")
    return out.getvalue()


async def memory() -> None:
    """Print the peak of a reader for each kind of heavy file."""
    table = "\n".join(",".join(str(row * column) for column in range(40)) for row in range(5_000))
    kinds = {
        "PDF, 500 pages": ("a.pdf", pdf(500)),
        "PDF, 100 dense pages": ("b.pdf", pdf(100, lines=95, size=6)),
        "scan, 3 pages at 300 dpi": ("c.tif", scan(3, 300)),
        "CSV, 5,000 rows of 40": ("d.csv", table.encode()),
    }
    for what, (name, data) in kinds.items():
        document, end = await sandbox.measured(data, name)
        assert document is not None, what
        assert end is not None, what
        rate = f"{document.report.pages / max(end.processor, 0.01):.1f} pages a second of processor"
        print(
            f"memory: {what}: {end.peak_bytes / 1024**2:.0f} MB at most, {document.report.status}, {rate}", flush=True
        )
    server.close()


async def answerable(ada: Visitor) -> None:
    """Print how long a PDF of 50 pages takes to answer, the first time and warm."""
    data = pdf(50)
    for what in ("first file of the service", "second", "third"):
        conversation = await ada.conversation()
        started = time.perf_counter()
        file = await send(ada, f"{what}.pdf", data)
        sent = time.perf_counter() - started
        first = await first_words(ada, conversation, "Quel montant fixe l'article 1200 ?", attachments=[file])
        assert (await until_read(ada, file))["pages"] == 50
        print(
            f"answerable, {what}: sent in {sent:.2f} s, answered {sent + first:.2f} s after its first byte", flush=True
        )


_MODEL_SECONDS = (0.0, 0.3)  # before its first token: at once, which no model does; as a good server does


async def first_words(visitor: Visitor, conversation: str, question: str, **body: object) -> float:
    """Return the seconds from a question to its first words."""
    started = time.perf_counter()
    async with visitor.asking(conversation, f"{question} [[tokens=4]]", **body) as stream:
        await stream.read(until=lambda one: bool(one.text), seconds=120)
        seconds = time.perf_counter() - started
        await stream.read(seconds=120)
    return seconds


async def beside_an_import(ada: Visitor, bob: Visitor, files: int) -> None:
    """Print the first words of Ada's questions alone, then while Bob sends files, from models more or less quick."""
    for _ in range(5):
        await first_words(ada, await ada.conversation(), "Bonjour")
    alone: dict[float, list[float]] = {delay: [await _asked(ada, delay) for _ in range(60)] for delay in _MODEL_SECONDS}
    during: dict[float, list[float]] = {delay: [] for delay in _MODEL_SECONDS}
    started = time.perf_counter()
    importing = asyncio.create_task(_import_beside(bob, files))
    while not importing.done():
        for delay, values in during.items():
            values.append(await _asked(ada, delay))
            await asyncio.sleep(0.05)
    seconds = time.perf_counter() - started
    read = await importing
    print(f"import: {files} files sent in {seconds:.0f} s, {read} already read then", flush=True)
    for delay in _MODEL_SECONDS:
        print(f"import: beside a model that begins after {1000 * delay:.0f} ms", flush=True)
        for what, values in (("alone", alone[delay]), ("during", during[delay])):
            middle, late = (1000 * one for one in _quantiles(values))
            print(f"import:   first words {what}, p50 / p95: {middle:.0f} / {late:.0f} ms of {len(values)}", flush=True)
        ratio = _quantiles(during[delay])[1] / _quantiles(alone[delay])[1]
        print(f"import:   p95 during / alone: {ratio:.2f} (aim: 1.20 at most)", flush=True)


async def _asked(visitor: Visitor, delay: float) -> float:
    return await first_words(visitor, await visitor.conversation(), f"Bonjour [[delay={delay}]]")


async def _import(bob: Visitor, files: int) -> int:
    """Send files three at a time, as the page does; return how many were read by the time the last was there."""
    turn = asyncio.Semaphore(3)

    async def one(number: int) -> str:
        async with turn:
            words = _SENTENCE.format(n=number, m=number) * 40
            return await send(bob, f"note {number}.txt", words.encode())

    sent = await asyncio.gather(*(one(number) for number in range(files)))
    read = 0
    for first in range(0, files, 200):
        ids = [("id", file) for file in sent[first : first + 200]]
        read += sum(one["state"] == "read" for one in (await bob.get("/api/files", params=ids))["items"])
    return read


async def _import_beside(bob: Visitor, files: int) -> int:
    """Send the files from a process of its own, as another person's machine does: here it would delay the questions."""
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        return await asyncio.get_running_loop().run_in_executor(other, _sent_alone, bob.address, bob.token, files)


def _sent_alone(address: str, token: str | None, files: int) -> int:
    async def whole() -> int:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            return await _import(Visitor(http, address, token), files)

    return asyncio.run(whole())


def _quantiles(values: Sequence[float]) -> tuple[float, float]:
    cut = statistics.quantiles(values, n=20) if len(values) > 1 else [*values] * 19
    return statistics.median(values), cut[18]


async def main(parts: Sequence[str], files: int) -> None:
    """Measure what is asked."""
    if "memory" in parts:
        await memory()
    if not {"answerable", "import"} & set(parts):
        return
    quota = {"CHATELET_DOCUMENTS__PERSON_FILES": str(files + 1_000), "CHATELET_DATABASE__EMBEDDED_DURABLE": "true"}
    async with running_model_server() as scripted, aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        with installation(scripted.url, **quota) as service:
            await service.start(120)
            ada, bob = [await _person(service, http, name) for name in ("ada", "bob")]
            if "answerable" in parts:
                await answerable(ada)
            if "import" in parts:
                await beside_an_import(ada, bob, files)
            await service.stop()


async def _person(service: Service, http: aiohttp.ClientSession, name: str) -> Visitor:
    await service.create_person(f"{name}@exemple.fr", name)
    visitor = Visitor(http, service.address)
    await visitor.sign_in(f"{name}@exemple.fr")
    return visitor


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.documents", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--files", type=int, default=1_000)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.only.split(","), chosen.files))

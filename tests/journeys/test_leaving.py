"""The end of a contract (TA-130): everything leaves in open formats, then no word is left, and a signed report says so."""

import asyncio
import json
import zipfile
from pathlib import Path

import aiohttp

from tests.fakes.model_server import ModelServer
from tests.journeys.files import send, until_read
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.test_backups import run
from tests.journeys.test_collections import base_with
from tests.journeys.visitor import Visitor

WORD = "mirabelliforme"
NOTE = f"Un dossier {WORD} coûte 208 000 € par an.\n".encode() * 20


def holding(folder: Path, word: str) -> list[str]:
    """Return the files below that hold a word, as UTF-8 or UTF-16, whatever they are."""
    sought = [form for one in (word, word.capitalize()) for form in (one.encode(), one.encode("utf-16-le"))]
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [str(path) for path in files if any(one in path.read_bytes() for one in sought)]


async def fill(service: Service, http: aiohttp.ClientSession) -> Visitor:
    """Leave words of a person, a file, a base of a unit and a glossary of a unit."""
    await service.create_person("eve@exemple.fr", f"Ève {WORD.capitalize()}", administrator=True)
    eve = Visitor(http, service.address)
    await eve.sign_in("eve@exemple.fr", PASSWORD)
    unit = (await eve.call("POST", "/api/admin/units", {"code": "S1", "name": f"Service {WORD}"})).body["id"]
    await base_with(eve, (f"{WORD}.txt", NOTE.decode()), name=f"Base {WORD}", unit_id=unit)
    terms = {"kind": "terms", "name": f"Lexique {WORD}", "source": "fr", "target": "en", "unit_id": unit}
    assert (await eve.call("POST", "/api/writing/glossaries/blank", terms)).status == 201
    conversation = await eve.conversation()
    given = await send(eve, "note.txt", NOTE)
    await until_read(eve, given)
    await eve.ask(conversation, f"Combien de {WORD}s ? [[say=Une_{WORD}.]]", attachments=[given])
    return eve


def check_open(opened: Path, exported: Path) -> None:
    """See that what was taken away is what people had, in formats that anything reads."""
    [person] = (opened / "persons").iterdir()
    with zipfile.ZipFile(person) as archive:
        names = archive.namelist()
        turned = [archive.read(name).decode() for name in names if name.startswith("conversations/")]
        assert f"Une {WORD}." in "".join(turned)
        assert NOTE in [archive.read(name) for name in names if name.startswith("files/")]
        assert WORD in json.dumps(json.loads(archive.read("data/conversations.json")))
    [base] = (opened / "collections").iterdir()
    with zipfile.ZipFile(base) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [NOTE]
    with zipfile.ZipFile(opened / "units.zip") as archive:
        assert [json.loads(archive.read(name))["name"] for name in archive.namelist()] == [f"Lexique {WORD}"]
    units = [json.loads(line) for line in (exported / "tables/units.jsonl").read_text("utf-8").splitlines()]
    assert f"Service {WORD}" in [one["name"] for one in units]
    assert holding(exported / "sealed", WORD) == [], "content never stands in clear where it is written"


def change_a_letter(exported: Path) -> None:
    """Change a letter of an export, or change it back."""
    path = exported / "tables" / "units.jsonl"
    data = path.read_bytes()
    path.write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])


async def test_everything_leaves_then_nothing_is_left(
    scripted: ModelServer, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    key, early, exported, opened, report = (
        str(tmp_path / name) for name in ("key.pem", "early", "export", "opened", "report")
    )
    with installation(scripted.url, CHATELET_INSTITUTION_NAME="Observatoire", plain=True) as service:
        await run(service, "leave", "make-key", key)
        await service.start()
        eve = await fill(service, http)
        await run(service, "leave", "export", "--to", early, "--recipient", f"{key}.pub")
        erase = ("leave", "erase", "--report", report, "--contract-ended", "2026-11-20")
        sure = ("--confirm", "Observatoire")
        assert "exit_service_running" in await run(service, *erase, "--export", early, *sure, code=1)
        await eve.ask(await eve.conversation(), "Encore")
        assert await service.stop() == 0
        assert "exit_export_stale" in await run(service, *erase, "--export", early, *sure, code=1)
        await run(service, "leave", "export", "--to", exported, "--recipient", f"{key}.pub")
        await run(service, "leave", "open", exported, "--key", key, "--to", opened)
        await asyncio.to_thread(check_open, Path(opened), Path(exported))
        assert "exit_not_confirmed" in await run(
            service, *erase, "--export", exported, "--confirm", "Observatoires", code=1
        )
        await asyncio.to_thread(change_a_letter, Path(exported))
        assert "exit_export_damaged" in await run(service, *erase, "--export", exported, *sure, code=1)
        await asyncio.to_thread(change_a_letter, Path(exported))
        assert await asyncio.to_thread(holding, service.data_dir, WORD), "nothing was destroyed yet"

        told = await run(service, *erase, "--export", exported, *sure)
        assert "0 left" in told
        assert list(service.data_dir.iterdir()) == []
        assert await asyncio.to_thread(holding, service.data_dir.parent, WORD) == []
        public = str(Path(report) / "public_keys.pem")
        genuine = await run(service, "privacy", "verify", f"{report}/erasure-report.json", "--public-key", public)
        assert "Erasure report: genuine" in genuine
        facts = json.loads(Path(report, "erasure-report.json").read_text("utf-8"))["report"]
        assert facts["destroyed"]["rows"]["conversations"] == 2
        assert facts["destroyed"]["blobs"] >= 2
        assert [(one["where"], one["left"]) for one in facts["emptied"]] == [("data_folder", 0)]
        journal = ("--export", f"{report}/journal.jsonl", "--public-key", f"{report}/journal_public_keys.pem")
        assert "intact" in await run(service, "audit", "verify", *journal, "--head", f"{report}/head.json")
        lines = Path(report, "journal.jsonl").read_text("utf-8")
        assert "exit.exported" in lines
        assert "exit.erasure_begun" in lines

"""The end of a contract where words are elsewhere (TA-130): a database and a bucket of others, emptied of ours alone."""

import asyncio
import json
from pathlib import Path

import aiohttp
import asyncpg

from tests.fakes.model_server import ModelServer
from tests.fakes.seaweed import BUCKET, KEY, SECRET, seaweed, store
from tests.journeys.service import installation
from tests.journeys.test_backups import run
from tests.journeys.test_leaving import WORD, check_open, fill, holding
from tests.journeys.test_two_nodes import plain

_OURS = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""


async def _asked(address: str, statement: str) -> list[str]:
    """Run a statement as whoever looks after the database; return the first column of what it gives."""
    connection = await asyncpg.connect(plain(address))
    try:
        return [str(row[0]) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


def _in_bucket(endpoint: str) -> set[str]:
    return {one["path"] for batch in store(endpoint, BUCKET).list() for one in batch}


async def test_nothing_is_left_in_the_database_nor_in_the_bucket(
    scripted: ModelServer, http: aiohttp.ClientSession, tmp_path: Path, addresses: tuple[str, str]
) -> None:
    keys, held = tmp_path / "keys", tmp_path / "s3"
    keys.mkdir()
    held.mkdir()
    (keys / "access").write_text(KEY)
    (keys / "secret").write_text(SECRET)
    key, exported, opened, report = (str(tmp_path / name) for name in ("key.pem", "export", "opened", "report"))
    with (
        seaweed(held) as endpoint,
        installation(
            scripted.url,
            CHATELET_INSTITUTION_NAME="Observatoire",
            CHATELET_DATABASE__URL=plain(addresses[1]),
            CHATELET_DATABASE__OWNER_URL=plain(addresses[0]),
            CHATELET_STORAGE__BUCKET=BUCKET,
            CHATELET_STORAGE__ENDPOINT=endpoint,
            CHATELET_STORAGE__ACCESS_KEY_FILE=str(keys / "access"),
            CHATELET_STORAGE__SECRET_KEY_FILE=str(keys / "secret"),
        ) as service,
    ):
        await run(service, "migrate")
        await run(service, "leave", "make-key", key)
        await service.start()
        await asyncio.to_thread(store(endpoint, BUCKET).put, "rapports/d-une-autre-application.txt", b"1")
        theirs = await asyncio.to_thread(_in_bucket, endpoint)
        await fill(service, http)
        await _asked(addresses[0], "CREATE TABLE paie AS SELECT 1 AS somme")
        assert WORD in " ".join(await _asked(addresses[0], "SELECT name FROM units"))
        stored = await asyncio.to_thread(_in_bucket, endpoint) - theirs
        assert len(stored) >= 3, "files are in the bucket, and nowhere else"
        assert not any(one.is_file() for one in (service.data_dir / "files").rglob("*"))
        assert await asyncio.to_thread(holding, held, WORD) == [], "the bucket never has words in clear"
        await run(service, "leave", "export", "--to", exported, "--recipient", f"{key}.pub")
        erase = ("leave", "erase", "--report", report, "--contract-ended", "2026-11-20", "--export", exported)
        sure = ("--confirm", "Observatoire")
        assert "exit_service_running" in await run(service, *erase, *sure, code=1)
        assert await service.stop() == 0
        await run(service, "leave", "export", "--to", f"{exported}2", "--recipient", f"{key}.pub")
        await run(service, "leave", "open", f"{exported}2", "--key", key, "--to", opened)
        await asyncio.to_thread(check_open, Path(opened), Path(f"{exported}2"))

        told = await run(service, *erase[:-1], f"{exported}2", *sure)
        assert "0 left" in told
        assert await asyncio.to_thread(_in_bucket, endpoint) == theirs
        assert await _asked(addresses[0], _OURS) == ["paie"]
        assert not service.data_dir.exists() or list(service.data_dir.iterdir()) == []
        facts = json.loads(Path(report, "erasure-report.json").read_text("utf-8"))["report"]
        emptied = {one["where"]: one for one in facts["emptied"]}
        assert {where: one["left"] for where, one in emptied.items()} == {"files": 0, "database": 0, "data_folder": 0}
        assert emptied["files"]["objects"] == len(stored)
        assert {"bucket_versions", "database_logs", "backups"} <= set(facts["out_of_reach"])
        public = str(Path(report) / "public_keys.pem")
        genuine = await run(service, "privacy", "verify", f"{report}/erasure-report.json", "--public-key", public)
        assert "Erasure report: genuine" in genuine
        journal = ("--export", f"{report}/journal.jsonl", "--public-key", f"{report}/journal_public_keys.pem")
        assert "intact" in await run(service, "audit", "verify", *journal, "--head", f"{report}/head.json")

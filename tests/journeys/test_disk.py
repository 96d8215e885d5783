"""A disk that takes no more: files are refused with their reason, everything else goes on, and nothing is lost."""

import asyncio
import os
import resource
import subprocess
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.model_server import ModelServer
from tests.journeys.files import begin, send, send_part, until_read
from tests.journeys.service import installation
from tests.journeys.test_database_disk import mount
from tests.journeys.test_faults import signed_in

DATA = bytes(range(256)) * 2_000
SMALL = 64 * 1024


async def test_no_room_for_files(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    """The web process may write no file beyond 64 KiB, as on a disk that is full; PostgreSQL has another disk."""
    with installation(scripted.url, CHATELET_LOG_LEVEL="error") as service:
        await service.start()
        await service.create_person_by_command("ada@exemple.fr")
        ada = await signed_in(service, http)
        kept = await send(ada, "avant.txt", DATA)
        await until_read(ada, kept)
        conversation = await ada.conversation()
        assert service.process is not None
        _soft, hard = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (SMALL, hard))

        begun = (await begin(ada, "pendant.txt", len(DATA))).body
        refused = await send_part(ada, begun["id"], 0, DATA)
        assert (refused.status, refused.body["code"]) == (503, "storage_unavailable")
        answered = await ada.ask(conversation, "Bonjour [[say=Toujours_là.]]")
        assert (answered.closed["state"], answered.text) == ("answered", "Toujours là.")
        async with http.get(service.address + "/api/health/ready") as response:
            assert response.status == 200
        async with http.get(f"{service.address}/api/files/{kept}/original", headers=ada.headers) as response:
            assert await response.read() == DATA

        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        again = await send_part(ada, begun["id"], 0, DATA)
        assert again.status == 200, again.body
        await until_read(ada, begun["id"])
        async with http.get(f"{service.address}/api/files/{begun['id']}/original", headers=ada.headers) as response:
            assert await response.read() == DATA
        halves = [path for path in Path(service.data_dir / "files").rglob("*#*") if path.is_file()]
        assert not halves, "nothing half written is left behind"


async def test_files_that_can_no_longer_be_written(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    """Files have a disk of their own, which turns read-only as a failing one does, and is mended."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root; owner: whoever runs the suite in a container")
    with installation(scripted.url) as service:
        place = service.data_dir / "files"
        place.mkdir(parents=True)
        service.data_dir.chmod(0o711)
        if not mount("-t", "tmpfs", "-o", "size=64m", "chatelet-test", str(place)):
            pytest.skip("this container may not mount a disk; owner: whoever runs the suite with CAP_SYS_ADMIN")
        try:
            await service.start()
            await service.create_person("ada@exemple.fr")
            ada = await signed_in(service, http)
            kept, left = await send(ada, "avant.txt", DATA), await send(ada, "partie.txt", b"Mirabelle.")
            for file in (kept, left):
                await until_read(ada, file)
            conversation = await ada.conversation()
            begun = (await begin(ada, "pendant.txt", len(DATA))).body
            assert mount("-o", "remount,ro", str(place))

            refused = await send_part(ada, begun["id"], 0, DATA)
            assert (refused.status, refused.body["code"]) == (503, "storage_unavailable")
            assert (await ada.call("DELETE", f"/api/files/{left}")).status == 204
            answered = await ada.ask(conversation, "Bonjour [[say=Toujours_là.]]")
            assert (answered.closed["state"], answered.text) == ("answered", "Toujours là.")
            async with http.get(f"{service.address}/api/files/{kept}/original", headers=ada.headers) as response:
                assert await response.read() == DATA

            assert mount("-o", "remount,rw", str(place))
            assert (await send_part(ada, begun["id"], 0, DATA)).status == 200
            await until_read(ada, begun["id"])
            async with asyncio.timeout(120):  # its bytes go when they can
                while [path for path in place.rglob("*") if left in str(path) and path.is_file()]:
                    await asyncio.sleep(0.2)
            assert [path for path in place.rglob("*") if kept in str(path) and path.is_file()]
            await service.stop()
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=False)

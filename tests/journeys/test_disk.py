"""A disk that takes no more: files are refused with their reason, everything else goes on, and nothing is lost."""

import resource
from pathlib import Path

import aiohttp

from tests.fakes.model_server import ModelServer
from tests.journeys.files import begin, send, send_part
from tests.journeys.service import installation
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
        async with http.get(f"{service.address}/api/files/{begun['id']}/original", headers=ada.headers) as response:
            assert await response.read() == DATA
        halves = [path for path in Path(service.data_dir / "files").rglob("*#*") if path.is_file()]
        assert not halves, "nothing half written is left behind"

"""The antivirus: clamd's INSTREAM and ICAP, spoken to scripted servers; whatever is not a clear "clean" stops the file."""

import asyncio

import pytest
from tests.fakes.antivirus import EICAR, Serve, clamd, listening

from chatelet.kernel.antivirus import AntivirusUnavailable, FileInfected, scanner
from chatelet.settings import DocumentSettings


async def _icap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"RESPMOD icap://127.0.0.1:")
    await reader.readuntil(b"\r\n\r\n")
    received = b""
    while length := int((await reader.readline()).strip(), 16):
        received += (await reader.readexactly(length + 2))[:-2]
    if b"EICAR" in received:
        writer.write(b"ICAP/1.0 200 OK\r\nX-Infection-Found: Type=0; Threat=Eicar;\r\n\r\n")
    else:
        writer.write(b"ICAP/1.0 204 No Content\r\nISTag: a\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize(("scheme", "serve"), [("clamd", clamd), ("icap", _icap)])
async def test_clean_passes_and_infected_does_not(scheme: str, serve: Serve) -> None:
    async with listening(serve) as port:
        scan = scanner(f"{scheme}://127.0.0.1:{port}")
        assert scan is not None
        await scan(b"Bonjour" * 50_000)
        await scan(b"")
        with pytest.raises(FileInfected):
            await scan(b"x" * 70_000 + EICAR)


@pytest.mark.parametrize("scheme", ["clamd", "icap"])
@pytest.mark.parametrize(
    "said", [b"", b"\0", b"stream: ERROR\0", b"ICAP/1.0 500 no\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"]
)
async def test_what_is_not_understood_stops_the_file(scheme: str, said: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(64)
        writer.write(said)
        await writer.drain()

    async with listening(serve) as port:
        scan = scanner(f"{scheme}://127.0.0.1:{port}")
        assert scan is not None
        with pytest.raises(AntivirusUnavailable):
            await scan(b"Bonjour")


async def test_an_antivirus_that_is_away_stops_the_file() -> None:
    async with listening(clamd) as port:
        pass
    scan = scanner(f"clamd://127.0.0.1:{port}")
    assert scan is not None
    with pytest.raises(AntivirusUnavailable):
        await scan(b"Bonjour")


def test_only_known_addresses_are_taken() -> None:
    assert scanner(None) is None
    with pytest.raises(ValueError, match="clamd"):
        DocumentSettings(antivirus="http://127.0.0.1")

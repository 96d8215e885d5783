"""The egress client: declared origins only, credentials to their own origin only, patience with limits."""

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from chatelet.kernel.outbound import (
    BadAnswer,
    Disconnected,
    Endpoint,
    NotDeclared,
    Outbound,
    TooLate,
    Unreachable,
    origin_of,
)

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class RawServer:
    """Answers each connection with a scripted handler; keeps the heads it received."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.connections = 0
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(self._serve(handler, reader, writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self._servers.append(await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls))
        self.port = self._servers[-1].sockets[0].getsockname()[1]

    async def _serve(self, handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                self.heads.append(head)
                length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                await reader.readexactly(int(length[1]) if length else 0)
                await handler(reader, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.transport.abort()

    async def stop(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()


@pytest.fixture
async def raw() -> AsyncIterator[RawServer]:
    server = RawServer()
    yield server
    await server.stop()


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    client = Outbound()
    yield client
    await client.close()


def answers(data: bytes) -> Handler:
    async def handler(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return handler


OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


async def fetch(outbound: Outbound, name: str = "server", path: str = "/x", **options: float) -> bytes:
    incoming = await outbound.get(name, path, within=options.pop("within", 2.0), **options)  # type: ignore[arg-type]
    try:
        return await incoming.body(1000)
    finally:
        incoming.close()


async def test_only_declared_names(outbound: Outbound) -> None:
    with pytest.raises(NotDeclared):
        await fetch(outbound, "elsewhere")
    outbound.declare("server", Endpoint("http://127.0.0.1:9"))
    outbound.withdraw("server")
    with pytest.raises(NotDeclared):
        await fetch(outbound)


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/../x", "x", "/x?y=1", "/x#y", "/\\evil", "/x@evil", "http://evil/x"]
)
async def test_paths_cannot_lead_elsewhere(outbound: Outbound, path: str) -> None:
    outbound.declare("server", Endpoint("http://127.0.0.1:9"))
    with pytest.raises(ValueError, match="not a plain path"):
        await fetch(outbound, path=path)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host",
        "file:///etc/passwd",
        "http://",
        "http://user:pass@host",
        "http://host?x=1",
        "http://host#x",
        "http://a\\b",
    ],
)
def test_an_endpoint_is_a_plain_address(url: str) -> None:
    with pytest.raises(ValueError, match="an endpoint"):
        Endpoint(url)


def test_credentials_are_one_line_and_never_printed() -> None:
    with pytest.raises(ValueError, match="one line"):
        Endpoint("http://host", bearer="a\r\nhost: evil")
    assert "s3cret" not in repr(Endpoint("http://host", bearer="s3cret"))


def test_one_form_of_origin() -> None:
    assert origin_of("https://Host.example:443/v1") == origin_of("https://host.example/other") == "https://host.example"
    assert origin_of("https://host.example:8443/v1") != origin_of("https://host.example/v1")


async def test_credential_goes_to_its_origin_only(outbound: Outbound, raw: RawServer) -> None:
    other = RawServer()
    await raw.start(answers(OK))
    await other.start(answers(OK))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}/v1", bearer="s3cret"))
    outbound.declare("other", Endpoint(f"http://127.0.0.1:{other.port}/v1"))
    await fetch(outbound)
    await fetch(outbound, "other")
    assert "authorization: bearer s3cret" in raw.heads[0].lower()
    assert "authorization" not in other.heads[0].lower()
    assert "cookie" not in raw.heads[0].lower()
    await other.stop()


async def test_redirects_are_never_followed(outbound: Outbound, raw: RawServer) -> None:
    other = RawServer()
    await other.start(answers(OK))
    location = f"http://127.0.0.1:{other.port}/x".encode()
    await raw.start(answers(b"HTTP/1.1 302 F\r\nlocation: " + location + b"\r\ncontent-length: 0\r\n\r\n"))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}", bearer="s3cret"))
    with pytest.raises(BadAnswer, match="redirect"):
        await fetch(outbound)
    assert other.connections == 0
    await other.stop()


async def test_environment_proxies_are_ignored(
    outbound: Outbound, raw: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    await raw.start(answers(OK))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    assert await fetch(outbound) == b"ok"


async def test_unreachable(outbound: Outbound, raw: RawServer) -> None:
    await raw.start(answers(OK))
    await raw.stop()
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    with pytest.raises(Unreachable):
        await fetch(outbound)
    outbound.declare("server", Endpoint("http://no-such-host.invalid"))
    with pytest.raises(Unreachable):
        await fetch(outbound)


async def test_silence_has_an_end(outbound: Outbound, raw: RawServer) -> None:
    async def half(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")
        await writer.drain()
        await asyncio.sleep(5)

    async def nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    for handler in (half, nothing):
        await raw.start(handler)
        outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
        started = time.monotonic()
        with pytest.raises(TooLate):
            await fetch(outbound, within=0.3)
        assert time.monotonic() - started < 1.5


async def test_slow_reader_is_not_a_silent_server(outbound: Outbound, raw: RawServer) -> None:
    await raw.start(answers(OK))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    incoming = await outbound.get("server", "/x", within=0.3)
    await asyncio.sleep(1.0)
    assert await incoming.body(10) == b"ok"
    incoming.close()


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 999999 X\r\n\r\n",
    ],
)
async def test_what_is_not_http(outbound: Outbound, raw: RawServer, data: bytes) -> None:
    await raw.start(answers(data))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    with pytest.raises((BadAnswer, Disconnected)):
        await fetch(outbound)


async def test_size_is_bounded(outbound: Outbound, raw: RawServer) -> None:
    await raw.start(answers(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n" + b"x" * 5000))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    with pytest.raises(BadAnswer, match="larger"):
        await fetch(outbound)
    incoming = await outbound.get("server", "/x", within=2, limit=100)
    with pytest.raises(BadAnswer, match="larger"):
        await incoming.read()


async def test_cut_in_the_body(outbound: Outbound, raw: RawServer) -> None:
    async def cut(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")
        await writer.drain()
        writer.close()
        raise ConnectionResetError

    await raw.start(cut)
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    with pytest.raises(Disconnected):
        await fetch(outbound)


async def test_stale_kept_alive_connection_is_replaced(outbound: Outbound, raw: RawServer) -> None:
    async def answer_then_leave(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(raw.heads) == 2:  # the second request, on the kept connection, meets a closed door
            writer.close()
            raise ConnectionResetError
        writer.write(OK)

    await raw.start(answer_then_leave)
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}"))
    for _ in range(2):
        incoming = await outbound.post("server", "/x", b"{}", accept="text/plain", within=2)
        assert await incoming.body(10) == b"ok"
        incoming.close()
    assert raw.connections == 2


async def test_private_authority(outbound: Outbound, raw: RawServer, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    await raw.start(answers(OK), tls)
    outbound.declare("server", Endpoint(f"https://localhost:{raw.port}"))
    with pytest.raises(Unreachable):
        await fetch(outbound)
    outbound.declare("server", Endpoint(f"https://localhost:{raw.port}", ca_file=certificate))
    assert await fetch(outbound) == b"ok"
    assert outbound.declared == {"server": f"https://localhost:{raw.port}"}
    with pytest.raises(OSError, match="No such file"):
        outbound.declare("server", Endpoint("https://localhost", ca_file=tmp_path / "absent"))


def make_certificate(folder: Path) -> tuple[Path, Path]:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    encoding = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(*encoding))
    return paths


async def test_a_user_and_password_go_to_their_origin_as_basic(outbound: Outbound, raw: RawServer) -> None:
    await raw.start(answers(OK))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}/base", basic=("élise", "pass:word")))
    answer = await outbound.ask(
        "PROPFIND", "server", "/base/a%20b?c=d", body=b"<x/>", within=2.0, headers={"depth": "1"}
    )
    answer.close()
    head = raw.heads[0]
    assert head.startswith("PROPFIND /base/a%20b?c=d HTTP/1.1\r\n")
    assert "authorization: basic w6lsaxnlonbhc3m6d29yza==" in head.lower()
    assert "depth: 1" in head.lower()
    assert "pass:word" not in repr(Endpoint("http://host", basic=("a", "pass:word")))
    for basic, bearer in ((("a:b", "c"), None), (("a", "b"), "token")):
        with pytest.raises(ValueError, match="a credential"):
            Endpoint("http://host", basic=basic, bearer=bearer)


async def test_a_redirect_may_be_read_and_is_not_followed(outbound: Outbound, raw: RawServer) -> None:
    await raw.start(answers(b"HTTP/1.1 301 M\r\nlocation: http://elsewhere.example/\r\ncontent-length: 0\r\n\r\n"))
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{raw.port}", bearer="s3cret"))
    answer = await outbound.ask("GET", "server", "/", within=2.0, redirects=True)
    assert (answer.status, answer.header("location")) == (301, "http://elsewhere.example/")
    answer.close()
    with pytest.raises(BadAnswer, match="redirect"):
        await outbound.ask("GET", "server", "/", within=2.0)

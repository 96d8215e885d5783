"""A bucket, on a real S3 server: what is under its prefix, and nothing of the environment; then hostile answers."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
from aiohttp import web

from chatelet.connectors.bucket import BucketOfFiles
from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceError,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.declared import AccessKeys, BucketPlace
from tests.connectors.reading import listed, whole
from tests.connectors.serving import Served
from tests.fakes.seaweed import BUCKET, KEY, SECRET, free_port, seaweed, store

_KEYS = AccessKeys(access_key=KEY, secret_key=SECRET)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with seaweed(tmp_path_factory.mktemp("seaweed")) as address:
        bucket = store(address, BUCKET)
        for number in range(1_050):
            bucket.put(f"base/many/{number}.txt", b"x")
        bucket.put("base/décret n° 1.pdf", b"content" * 1000)
        bucket.put("base/sous dossier/50%20 a+b@c..d.txt", b"odd")
        bucket.put("base/~$temporary.docx", b"x")
        bucket.put("base/empty", b"")
        bucket.put("based/other.txt", b"outside the prefix")
        yield address


def _place(endpoint: str, prefix: str = "base", bucket: str = BUCKET, keys: AccessKeys | None = _KEYS) -> BucketOfFiles:
    return BucketOfFiles(BucketPlace(endpoint=endpoint, bucket=bucket, prefix=prefix), keys)


async def test_all_objects_under_the_prefix_are_told_and_read(endpoint: str) -> None:
    place = _place(endpoint, "/base/")
    found = await listed(place)
    others = {path for path in found if not path.startswith("many/")}
    assert others == {"décret n° 1.pdf", "sous dossier/50%20 a+b@c..d.txt"}
    assert len(found) == 1_052
    assert found["décret n° 1.pdf"].size == 7_000
    assert found["décret n° 1.pdf"].readers is None
    assert await whole(place, found["décret n° 1.pdf"]) == b"content" * 1000
    assert await whole(place, found["sous dossier/50%20 a+b@c..d.txt"]) == b"odd"
    await place.close()


async def test_a_bucket_without_prefix(endpoint: str) -> None:
    assert "based/other.txt" in await listed(_place(endpoint, ""))


async def test_the_mark_follows_the_content(endpoint: str) -> None:
    bucket = store(endpoint, BUCKET)
    bucket.put("marks/a.txt", b"one")
    first = (await listed(_place(endpoint, "marks")))["a.txt"].mark
    assert (await listed(_place(endpoint, "marks")))["a.txt"].mark == first
    bucket.put("marks/a.txt", b"two")
    assert (await listed(_place(endpoint, "marks")))["a.txt"].mark != first


async def test_objects_gone_or_too_large(endpoint: str) -> None:
    place = _place(endpoint)
    with pytest.raises(EntryGone):
        await whole(place, Entry("missing.txt", 1, "m"))
    with pytest.raises(EntryGone):
        await whole(place, Entry("../based/other.txt", 1, "m"))
    with pytest.raises(EntryTooLarge):
        await whole(place, Entry("décret n° 1.pdf", 1, "m"), 6_999)


async def test_what_is_not_there_is_never_an_empty_listing(endpoint: str) -> None:
    for place in (_place(endpoint, "nothing"), _place(endpoint, "", "no-such-bucket")):
        with pytest.raises(PlaceUnreachable):
            await listed(place)
    with pytest.raises(PlaceUnreachable):
        await asyncio.wait_for(listed(_place(f"http://127.0.0.1:{free_port()}")), 60)


@pytest.mark.parametrize(
    "keys", [None, AccessKeys(access_key=KEY, secret_key="wrong"), AccessKeys(access_key="wrong", secret_key=SECRET)]
)
async def test_a_credential_that_is_not_accepted_is_said(endpoint: str, keys: AccessKeys | None) -> None:
    place = _place(endpoint, keys=keys)
    with pytest.raises(PlaceRefused):
        await listed(place)
    with pytest.raises(PlaceRefused):
        await whole(place, Entry("décret n° 1.pdf", 1, "m"))


async def test_nothing_of_the_environment_is_used(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT", "AWS_ENDPOINT_URL", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "of-the-environment")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    assert set(await listed(_place(endpoint, "based"))) == {"other.txt"}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.delenv("AWS_SESSION_TOKEN")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "false")
    with pytest.raises(PlaceRefused):
        await listed(_place(endpoint, keys=None))


def _page(*keys: str) -> str:
    told = "".join(
        f"<Contents><Key>{key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
        f'<ETag>"1"</ETag><Size>3</Size></Contents>'
        for key in keys
    )
    return f"<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>{told}</ListBucketResult>"


@pytest.fixture
async def odd() -> AsyncIterator[Served]:
    served = Served()
    await served.start()
    yield served
    await served.stop()


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, _page("other/a.txt"), PlaceBroken),
        (200, _page("base/../a.txt"), PlaceBroken),
        (200, _page("base//a.txt"), PlaceBroken),
        (200, "<html><body>Sign in", PlaceBroken),
        (200, "<html><body>Sign in</body></html>", PlaceUnreachable),
        (200, '<!DOCTYPE a [<!ENTITY b "c">]><ListBucketResult/>', PlaceUnreachable),
        (403, "", PlaceRefused),
        (404, "", PlaceUnreachable),
        (500, "secret words", PlaceUnreachable),
    ],
)
async def test_what_is_not_a_listing(odd: Served, status: int, body: str, expected: type[PlaceError]) -> None:
    odd.answer = lambda _: web.Response(status=status, text=body, content_type="application/xml")
    with pytest.raises(expected) as told:
        await asyncio.wait_for(listed(_place(odd.url)), 60)
    assert not str(told.value)


async def test_an_object_that_is_larger_than_it_says_or_broken_off(odd: Served) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"etag": "1", "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT"})
        answer.content_length = 2_000_000
        await answer.prepare(request)
        with suppress(ConnectionError):
            await answer.write(b"x" * 1_500_000)
        assert request.transport
        request.transport.abort()
        return answer

    odd.answer = endless
    place = _place(odd.url)
    with pytest.raises(EntryTooLarge):
        await whole(place, Entry("a.txt", 1, "m"), 1_000_000)
    with pytest.raises(PlaceUnreachable):
        await whole(place, Entry("a.txt", 1, "m"))

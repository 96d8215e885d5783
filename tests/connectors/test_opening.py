"""What may be declared, what an installation allows, and what is opened."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from chatelet.connectors.bucket import BucketOfFiles
from chatelet.connectors.contract import PlaceRefused
from chatelet.connectors.declared import (
    CREDENTIAL,
    DECLARED,
    AccessKeys,
    BucketPlace,
    Credential,
    Declared,
    FolderPlace,
    Login,
    SitePlace,
    Token,
    WebdavPlace,
)
from chatelet.connectors.folder import Folder
from chatelet.connectors.opening import Surroundings, allowed, open_place
from chatelet.connectors.site.crawl import Site
from chatelet.connectors.webdav import Webdav
from chatelet.kernel.outbound import Outbound
from tests.connectors.reading import listed

_PLACES: list[Declared] = [
    FolderPlace(root="/srv/partages/drh", witness="CE-PARTAGE.txt"),
    BucketPlace(endpoint="https://s3.example", bucket="textes", prefix="decrets/2026"),
    WebdavPlace(address="https://cloud.example/remote.php/dav/files/lecteur/D%C3%A9crets"),
    SitePlace(address="https://www.example/fr/", prefix="/fr/"),
]
_CREDENTIALS: list[Credential] = [
    AccessKeys(access_key="a", secret_key="s3cret"),
    Login(user="lecteur", password="s3cret"),
    Token(token="s3cret"),
]


@pytest.mark.parametrize("place", _PLACES)
def test_places_are_stored_and_read_again(place: Declared) -> None:
    stored = json.loads(DECLARED.dump_json(place))
    assert stored["kind"] in {"folder", "bucket", "webdav", "site"}
    assert DECLARED.validate_python(stored) == place


@pytest.mark.parametrize("credential", _CREDENTIALS)
def test_credentials_are_stored_and_never_printed(credential: Credential) -> None:
    assert CREDENTIAL.validate_json(CREDENTIAL.dump_json(credential)) == credential
    assert "s3cret" not in repr(credential)


@pytest.mark.parametrize(
    "declared",
    [
        {"kind": "ftp", "address": "ftp://x"},
        {"kind": "folder", "root": "relative"},
        {"kind": "folder", "root": "/srv/../etc"},
        {"kind": "folder", "root": "//server/share"},
        {"kind": "folder", "root": "/srv\x00"},
        {"kind": "folder", "root": "/srv", "witness": "a/b"},
        {"kind": "folder", "root": "/srv", "other": 1},
        {"kind": "bucket", "endpoint": "https://u:p@s3.example", "bucket": "abc"},
        {"kind": "bucket", "endpoint": "https://s3.example", "bucket": "../x"},
        {"kind": "bucket", "endpoint": "https://s3.example", "bucket": "abc", "prefix": "a/../b"},
        {"kind": "bucket", "endpoint": "https://s3.example", "bucket": "abc", "region": "x/y"},
        {"kind": "bucket", "endpoint": "https://s3.example", "bucket": "abc", "ca_certificate": "not PEM"},
        {"kind": "webdav", "address": "file:///etc/passwd"},
        {"kind": "webdav", "address": "https://x.example/a/../b"},
        {"kind": "webdav", "address": "https://x.example/a/%2e%2e/b"},
        {"kind": "webdav", "address": "https://x.example/a?b"},
        {"kind": "webdav", "address": "https://x.example:99999/"},
        {"kind": "site", "address": "https://x.example/", "pages": 0},
        {"kind": "site", "address": "https://x.example/", "pause_seconds": 0},
        {"kind": "site", "address": "https://é.example/"},
    ],
)
def test_what_cannot_be_declared(declared: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as told:
        DECLARED.validate_python(declared)
    assert "u:p@" not in str(told.value)


@pytest.mark.parametrize(
    "credential",
    [
        {"kind": "login", "user": "a:b", "password": "c"},
        {"kind": "login", "user": "a", "password": "b\r\nhost: c"},
        {"kind": "token", "token": ""},
        {"kind": "key", "token": "a"},
    ],
)
def test_what_is_no_credential(credential: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CREDENTIAL.validate_python(credential)


def _around(outbound: Outbound, *, folders: tuple[str, ...] = (), origins: tuple[str, ...] = ()) -> Surroundings:
    return Surroundings(outbound, tuple(Path(one) for one in folders), frozenset(origins))


@pytest.mark.parametrize("place", _PLACES)
async def test_nothing_is_allowed_that_was_not_declared_by_the_administrator(
    outbound: Outbound, place: Declared
) -> None:
    for around in (
        _around(outbound),
        _around(outbound, folders=("/srv/partages-2", "/srv/partages/drh/sub"), origins=("https://example",)),
        _around(outbound, origins=("http://s3.example", "http://cloud.example", "https://www.example:8443")),
    ):
        assert not allowed(place, None, around)
        with pytest.raises(PlaceRefused):
            open_place(place, None, around)


async def test_what_is_allowed_is_opened(outbound: Outbound) -> None:
    around = _around(
        outbound,
        folders=("/srv/partages",),
        origins=("https://s3.example", "https://cloud.example", "https://www.example"),
    )
    fitting: list[tuple[type, list[Credential | None]]] = [
        (Folder, [None]),
        (BucketOfFiles, [None, _CREDENTIALS[0]]),
        (Webdav, [None, _CREDENTIALS[1], _CREDENTIALS[2]]),
        (Site, [None, _CREDENTIALS[1]]),
    ]
    for declared, (kind, credentials) in zip(_PLACES, fitting, strict=True):
        for credential in (None, *_CREDENTIALS):
            assert allowed(declared, credential, around) == (credential in credentials)
        for credential in credentials:
            place = open_place(declared, credential, around)
            assert type(place) is kind
            await place.close()


async def test_an_opened_folder_is_read(outbound: Outbound, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.txt").write_text("a")
    around = _around(outbound, folders=(str(tmp_path),))
    place = open_place(FolderPlace(root=str(tmp_path / "share")), None, around)
    assert set(await listed(place)) == {"a.txt"}
    await place.close()

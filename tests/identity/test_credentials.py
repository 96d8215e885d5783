"""What a request says of who sends it: one credential, at the right door, in either header."""

import pytest

from chatelet.identity.credentials import COOKIE, Credential, door_of, read
from chatelet.identity.errors import AmbiguousCredentials, NotSignedIn

KEY = b"cht_00000000_" + b"k" * 43
HEADERS = [(b"authorization", b"Bearer " + KEY), (b"x-api-key", KEY)]


@pytest.mark.parametrize(
    "header", [*HEADERS, (b"authorization", b"bearer  " + KEY), (b"authorization", b"BEARER " + KEY)]
)
def test_a_key_comes_in_either_header(header: tuple[bytes, bytes]) -> None:
    found = read([header, (b"origin", b"https://a.fr")], "/v1/chat/completions", "192.0.2.1")
    assert found == Credential("key", KEY.decode(), "192.0.2.1", "https://a.fr", "chat")


@pytest.mark.parametrize("path", ["/api/persons/current", "/api/v1/models", "/v1x/models", "/metrics"])
@pytest.mark.parametrize("header", HEADERS)
def test_a_key_is_nothing_at_the_pages_door(path: str, header: tuple[bytes, bytes]) -> None:
    assert door_of(path) == "page"
    with pytest.raises(NotSignedIn):
        read([header], path, None)


def test_a_cookie_is_nothing_at_the_programs_door() -> None:
    with pytest.raises(NotSignedIn):
        read([(b"cookie", f"{COOKIE}=abc".encode())], "/v1/models", None)


def test_a_directory_shows_its_token_in_one_header_at_its_own_door() -> None:
    token = b"scim_" + b"t" * 43
    bearer = (b"authorization", b"Bearer " + token)
    for path in ("/scim/v2", "/scim/v2/Users"):
        assert read([bearer], path, "192.0.2.1") == Credential("directory", token.decode())
    for shown in ((b"x-api-key", token), (b"cookie", f"{COOKIE}=abc".encode())):
        with pytest.raises(NotSignedIn):
            read([shown], "/scim/v2/Users", None)
    assert door_of("/scim/v2x/Users") == door_of("/scim/Users") == "page"


def test_a_cookie_among_others_is_a_session() -> None:
    cookies = (b"cookie", f"theme=dark; {COOKIE}=abc; x={COOKIE}".encode())
    assert read([cookies], "/api/models", None) == Credential("session", "abc")


@pytest.mark.parametrize(
    "headers",
    [
        HEADERS,
        [HEADERS[0], HEADERS[0]],
        [HEADERS[0], (b"cookie", f"{COOKIE}=abc".encode())],
        [HEADERS[1], (b"cookie", f"{COOKIE}=abc".encode())],
        [(b"cookie", f"{COOKIE}=abc; {COOKIE}=def".encode())],
        [(b"cookie", f"{COOKIE}=abc".encode())] * 2,
    ],
)
@pytest.mark.parametrize("path", ["/v1/models", "/api/models", "/scim/v2/Users"])
def test_two_credentials_are_refused(headers: list[tuple[bytes, bytes]], path: str) -> None:
    with pytest.raises(AmbiguousCredentials):
        read(headers, path, None)


@pytest.mark.parametrize(
    "headers",
    [[], [(b"authorization", b"Basic YTpi")], [(b"authorization", b"")], [(b"x-chatelet", KEY)], [(b"cookie", b"a=b")]],
)
def test_anything_else_is_no_credential(headers: list[tuple[bytes, bytes]]) -> None:
    assert read(headers, "/v1/models", None) is None

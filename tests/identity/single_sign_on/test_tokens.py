"""Tokens that must not pass (TA-004): forged, expired, replayed, unsigned, signed with the public key, for others."""

import base64
import hashlib
import hmac
import json
import time
import warnings
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwk, jws
from joserfc.errors import SecurityWarning

from chatelet.identity.single_sign_on import id_tokens
from chatelet.identity.single_sign_on.errors import TokenRefused
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.signatures import read_header, verified_claims
from tests.fakes.oidc_provider import new_keys

PROVIDER = Provider(
    id=uuid4(),
    code="agora",
    issuer="https://auth.example.org/",
    client_id="chatelet",
    client_secret="s",
    scopes=("openid",),
    origins=frozenset(),
    ca_certificate=None,
    creates_persons=True,
    language="fr",
    version="1",
)
KEYS = new_keys()
PUBLIC = tuple({name: value for name, value in key.items() if name not in "d p q dp dq qi".split()} for key in KEYS)
NONCE = "n" * 43
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


def key_of(algorithm: str) -> dict[str, Any]:
    return next(key for key in KEYS if key["alg"] == algorithm)


class At(float):
    """So many seconds from the moment of the test, not from when it was read."""


def claims(**changed: Any) -> dict[str, Any]:
    moment = int(time.time())
    told = {"iss": PROVIDER.issuer, "aud": "chatelet", "sub": "ada", "nonce": NONCE, "iat": moment, "exp": moment + 300}
    given = {name: time.time() + value if isinstance(value, At) else value for name, value in changed.items()}
    return {name: value for name, value in {**told, **given}.items() if value is not ...}


def sign(body: dict[str, Any], algorithm: str = "RS256", key: dict[str, Any] | None = None, **header: Any) -> str:
    signing = key or key_of(algorithm)
    head = {"alg": algorithm, "kid": signing.get("kid"), **header}
    private = jwk.import_key({name: value for name, value in signing.items() if name not in ("alg", "use")})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        return jws.serialize_compact(head, json.dumps(body), private, registry=registry)


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def verify(token: str) -> dict[str, Any]:
    return verified_claims(token, read_header(token), PUBLIC)


def refusal(token: str) -> Any:
    with pytest.raises(TokenRefused) as refused:
        verify(token)
    return refused.value.params["reason"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_each_accepted_algorithm_verifies_with_its_own_key(algorithm: str) -> None:
    assert verify(sign(claims(), algorithm))["sub"] == "ada"
    assert verify(sign(claims(), algorithm, x5t="unread", typ="JWT"))["sub"] == "ada"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_byte_changed_anywhere_is_refused(algorithm: str) -> None:
    head, body, signature = sign(claims(), algorithm).split(".")
    other = encode({**claims(), "sub": "mallory"})
    assert refusal(f"{head}.{other}.{signature}") == "signature"
    turned = ("A" if signature[5] != "A" else "B").join((signature[:5], signature[6:]))
    assert refusal(f"{head}.{body}.{turned}") == "signature"
    assert refusal(f"{head}.{body}.") == "signature"


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS1", "RS384", "dir"])
def test_no_other_algorithm_is_looked_at(name: str) -> None:
    """`none` in any letters, HMAC, and whatever was not decided."""
    *_, signature = sign(claims()).split(".")
    assert refusal(f"{encode({'alg': name})}.{encode(claims())}.{signature}") == "algorithm"
    assert refusal(f"{encode({'alg': name})}.{encode(claims())}.") == "algorithm"


@pytest.mark.parametrize("secret", ["pem", "json", "modulus"])
def test_hmac_with_the_public_key_is_refused(secret: str) -> None:
    public = jwk.import_key(key_of("RS256"))
    shared = {
        "pem": public.as_pem(private=False),
        "json": json.dumps(PUBLIC[0]).encode(),
        "modulus": PUBLIC[0]["n"].encode(),
    }
    signed = f"{encode({'alg': 'HS256', 'kid': PUBLIC[0]['kid']})}.{encode(claims())}"
    mac = hmac.digest(shared[secret], signed.encode(), hashlib.sha256)
    assert refusal(f"{signed}.{encode(mac)}") == "algorithm"


def test_a_key_serves_its_own_kind_only() -> None:
    """An RSA key for PS256 does not verify RS256, nor an encryption key anything, nor a key the token brings itself."""
    rsa, ec = key_of("RS256"), key_of("ES256")
    assert refusal(sign(claims(), "PS256", {**rsa})) == "unknown_key"
    assert refusal(sign(claims(), "ES256", ec, kid=rsa["kid"])) == "unknown_key"
    mallory = new_keys()[0]
    assert refusal(sign(claims(), "RS256", mallory)) == "unknown_key"
    assert refusal(sign(claims(), "RS256", mallory, kid=rsa["kid"])) == "signature"
    public = {name: mallory[name] for name in ("kty", "n", "e")}
    assert refusal(sign(claims(), "RS256", mallory, kid=rsa["kid"], jwk=public)) == "signature"
    token = sign(claims(), "RS256")
    with pytest.raises(TokenRefused):
        verified_claims(token, read_header(token), [{**PUBLIC[0], "use": "enc"}])
    with pytest.raises(TokenRefused):
        verified_claims(token, read_header(token), [{"kty": "oct", "k": encode(b"secret"), "kid": rsa["kid"]}])


def test_a_short_rsa_key_is_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weak = {**jwk.generate_key("RSA", 1024).as_dict(private=True), "kid": "weak"}
        token = sign(claims(), "RS256", weak)
    with pytest.raises(TokenRefused):
        verified_claims(token, read_header(token), [{name: weak[name] for name in ("kty", "n", "e", "kid")}])


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b", "a.b.c.d", "é.b.c", "e30.e30.e30", "W10.e30.e30", "x" * 200_000]
)
def test_what_is_no_token_is_refused(text: str) -> None:
    assert refusal(text) in {"not_a_signed_token", "algorithm"}


def test_a_critical_header_that_we_do_not_understand_is_refused() -> None:
    head = encode({"alg": "RS256", "kid": PUBLIC[0]["kid"], "crit": ["exp"], "exp": 1})
    assert refusal(f"{head}.{encode(claims())}.{encode(b'x' * 256)}") == "signature"


def check(body: dict[str, Any], *, access_token: str | None = "at", algorithm: str = "RS256") -> None:
    id_tokens.check_id_token(body, PROVIDER, NONCE, at=time.time(), algorithm=algorithm, access_token=access_token)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"aud": ["chatelet"]},
        {"aud": ["chatelet", "other"], "azp": "chatelet"},
        {"azp": "chatelet"},
        {"exp": At(-30)},
        {"iat": At(30.5)},
        {"nbf": At(30)},
    ],
)
def test_what_holds_passes(changed: dict[str, Any]) -> None:
    check(claims(**changed))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "https://auth.example.org"}, "issuer"),
        ({"iss": "https://auth.example.org/evil"}, "issuer"),
        ({"iss": ["https://auth.example.org/"]}, "issuer"),
        ({"iss": ...}, "issuer"),
        ({"aud": "other"}, "audience"),
        ({"aud": "chatelet2"}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": [["chatelet"]]}, "audience"),
        ({"aud": {"chatelet": 1}}, "audience"),
        ({"aud": ...}, "audience"),
        ({"aud": ["chatelet", "other"]}, "authorised_party"),
        ({"aud": ["chatelet", "other"], "azp": "other"}, "authorised_party"),
        ({"azp": "other"}, "authorised_party"),
        ({"exp": At(-3600)}, "expired"),
        ({"exp": "9999999999"}, "expired"),
        ({"exp": True}, "expired"),
        ({"exp": ...}, "expired"),
        ({"iat": At(3600)}, "issued_at"),
        ({"iat": At(-90_000)}, "issued_at"),
        ({"iat": ...}, "issued_at"),
        ({"nbf": At(3600)}, "not_yet"),
        ({"nbf": "soon"}, "not_yet"),
        ({"sub": ...}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"sub": "a\x00b"}, "subject"),
        ({"sub": 7}, "subject"),
        ({"nonce": "m" * 43}, "nonce"),
        ({"nonce": "é"}, "nonce"),
        ({"nonce": ...}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"at_hash": "wrong"}, "at_hash"),
        ({"at_hash": None}, "at_hash"),
    ],
)
def test_what_does_not_hold_is_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        check(claims(**changed))
    assert refused.value.params["reason"] == reason


@pytest.mark.parametrize(("algorithm", "digest"), [("RS256", "sha256"), ("ES256", "sha256"), ("EdDSA", "sha512")])
def test_at_hash_is_that_of_the_access_token(algorithm: str, digest: str) -> None:
    half = hashlib.new(digest, b"at").digest()
    body = claims(at_hash=encode(half[: len(half) // 2]))
    check(body, algorithm=algorithm)
    for access_token in ("other", None):
        with pytest.raises(TokenRefused):
            check(body, algorithm=algorithm, access_token=access_token)


_EVENT = {"http://schemas.openid.net/event/backchannel-logout": {}}


def logout(**changed: Any) -> dict[str, Any]:
    return claims(**{"nonce": ..., "events": _EVENT, "jti": "j1", "sid": "s1", **changed})


@pytest.mark.parametrize("changed", [{}, {"sid": ...}, {"sub": ...}, {"exp": ...}])
def test_a_logout_token_names_a_session_or_a_subject(changed: dict[str, Any]) -> None:
    id_tokens.check_logout_token(logout(**changed), PROVIDER, at=time.time(), kind="logout+jwt")


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example.org/"},
        {"aud": "other"},
        {"iat": At(-1000)},
        {"iat": ...},
        {"exp": At(-1000)},
        {"events": ...},
        {"events": {}},
        {"events": {"http://schemas.openid.net/event/backchannel-logout": True}},
        {"events": ["http://schemas.openid.net/event/backchannel-logout"]},
        {"nonce": NONCE},
        {"nonce": None},
        {"jti": ...},
        {"jti": ""},
        {"sid": ..., "sub": ...},
        {"sid": 7},
    ],
)
def test_what_is_no_logout_token_ends_nothing(changed: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        id_tokens.check_logout_token(logout(**changed), PROVIDER, at=time.time(), kind="logout+jwt")


def test_an_id_token_is_no_logout_token() -> None:
    for kind in ("JWT", None):
        with pytest.raises(TokenRefused):
            id_tokens.check_logout_token(claims(), PROVIDER, at=time.time(), kind=kind)
    with pytest.raises(TokenRefused):
        id_tokens.check_logout_token(logout(), PROVIDER, at=time.time(), kind="at+jwt")

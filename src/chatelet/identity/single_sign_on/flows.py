"""One sign-in from its beginning to its return: state, nonce and PKCE, all derived from a secret of this browser.

    browser secret (cookie) + state -> HMAC -> nonce, code verifier; stored: two hashes

A return is taken once, within ten minutes, and only from the browser that began: another one has another secret, or
none, and could compute neither the verifier nor the nonce (PEER_FLAWS 21, 70).
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.single_sign_on.errors import FlowInvalid
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.tables import SignInFlow
from chatelet.identity.tokens import LONGEST_TOKEN, hash_token
from chatelet.kernel.clock import now

LIFETIME: Final = timedelta(minutes=10)
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_RETURN: Final = re.compile(r"/(?!/|api/)[A-Za-z0-9/_.~-]{0,200}")


@dataclass(frozen=True, slots=True)
class Flow:
    """What the browser carries to the provider, and the secret that goes into its cookie."""

    state: str
    secret: str

    @property
    def nonce(self) -> str:
        """Bound to this flow: the ID token must hold it."""
        return _derive(self.secret, "nonce", self.state)

    @property
    def verifier(self) -> str:
        """Of PKCE (RFC 7636): 43 characters, never sent before the code comes back."""
        return _derive(self.secret, "pkce", self.state)

    @property
    def challenge(self) -> str:
        """S256 of the verifier."""
        return _base64(hashlib.sha256(self.verifier.encode()).digest())

    def __repr__(self) -> str:
        return "Flow(…)"


async def begin(
    session: AsyncSession, provider: Provider, known_secret: str | None, return_to: str, *, silent: bool
) -> Flow:
    """Store a new flow. `known_secret` is the cookie of this browser, kept so that two tabs may sign in at once."""
    kept = known_secret if known_secret and _SECRET.fullmatch(known_secret) else None
    flow = Flow(state=secrets.token_urlsafe(32), secret=kept or secrets.token_urlsafe(32))
    moment = now()
    session.add(
        SignInFlow(
            state_hash=hash_token(flow.state),
            provider_id=provider.id,
            browser_hash=hash_token(flow.secret),
            return_to=safe_return(return_to),
            silent=silent,
            created_at=moment,
            expires_at=moment + LIFETIME,
        )
    )
    await session.flush()
    return flow


async def take(session: AsyncSession, state: str | None, secret: str | None) -> tuple[SignInFlow, Flow]:
    """Take the flow of a return, once; raise `FlowInvalid`. One begun by another browser stays, for that one."""
    if not state or not secret or len(state) > LONGEST_TOKEN or len(secret) > LONGEST_TOKEN:
        raise FlowInvalid
    found = await session.execute(
        delete(SignInFlow)
        .where(
            SignInFlow.state_hash == hash_token(state),
            SignInFlow.browser_hash == hash_token(secret),
            SignInFlow.expires_at > now(),
        )
        .returning(SignInFlow)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise FlowInvalid
    return row, Flow(state=state, secret=secret)


def safe_return(path: str) -> str:
    """Return an address of this page, never one of elsewhere nor of the API."""
    return path if _RETURN.fullmatch(path) else "/"


def _derive(secret: str, use: str, state: str) -> str:
    return _base64(hmac.digest(secret.encode(), f"{use}:{state}".encode(), "sha256"))


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

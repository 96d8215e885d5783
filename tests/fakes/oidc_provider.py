"""A real OpenID provider in a process of its own: npm oidc-provider, which is certified, with keys made for the test."""

import asyncio
import json
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from joserfc import jwk
from tests.architecture.sources import ROOT, WEB

_SCRIPT = Path(__file__).with_suffix(".mjs")
SECRET = "a secret that only this test knows, long enough"
Keys = list[dict[str, Any]]


def new_keys() -> Keys:
    """Make one private key of each kind that providers sign with."""
    made = (jwk.generate_key("RSA", 2048), jwk.generate_key("EC", "P-256"), jwk.generate_key("OKP", "Ed25519"))
    keys = []
    for key, algorithms in zip(made, (("RS256", "PS256"), ("ES256",), ("EdDSA",)), strict=True):
        key.ensure_kid()
        for algorithm in algorithms:
            described = {"kid": f"{key.kid}-{algorithm}", "alg": algorithm, "use": "sig"}
            keys.append({**key.as_dict(private=True), **described})
    return keys


def client(client_id: str, address: str, code: str, **more: Any) -> dict[str, Any]:
    """Declare Châtelet at the provider, as an administrator would there."""
    return {
        "client_id": client_id,
        "client_secret": SECRET,
        "redirect_uris": [f"{address}/api/sign-in/{code}/callback"],
        "post_logout_redirect_uris": [f"{address}/"],
        "backchannel_logout_uri": f"{address}/api/sign-in/{code}/sign-out",
        "backchannel_logout_session_required": True,
        "grant_types": ["authorization_code"],
        **more,
    }


@dataclass
class OidcProvider:
    """One provider; `start` and `stop` as often as wanted, on the same port."""

    port: int
    clients: list[dict[str, Any]]
    keys: Keys = field(default_factory=new_keys)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    async def start(self) -> None:
        node = shutil.which("node") or str(ROOT / ".venv" / "node" / "node")
        wanted = {"port": self.port, "clients": self.clients, "keys": self.keys, "packages": str(WEB)}
        self.process = subprocess.Popen(
            [node, str(_SCRIPT), json.dumps(wanted)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            line = b""
            while b"listening" not in line:
                line = await asyncio.to_thread(self.process.stdout.readline)
                if not line:
                    _, told = self.process.communicate()
                    raise RuntimeError(told.decode())

    async def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(self.process.communicate)
            self.process = None

    async def restart(self, keys: Keys | None = None) -> None:
        """Start again, with other keys if given: sessions and codes of before are gone."""
        await self.stop()
        self.keys = keys or self.keys
        await self.start()

    async def faults(self, http: aiohttp.ClientSession, **faults: int) -> None:
        """Make endpoints answer a status of failure; 0: as they should."""
        async with http.post(f"{self.issuer}/control/faults", json=faults) as answer:
            assert answer.status == 200

    async def accounts(self, http: aiohttp.ClientSession, **accounts: dict[str, Any] | None) -> None:
        """Make, change or (None) remove persons that the provider knows."""
        async with http.post(f"{self.issuer}/control/accounts", json=accounts) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def running_provider(port: int, clients: list[dict[str, Any]]) -> AsyncIterator[OidcProvider]:
    provider = OidcProvider(port, clients)
    await provider.start()
    try:
        yield provider
    finally:
        await provider.stop()

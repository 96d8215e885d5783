"""From the address of a PostgreSQL, as an administrator writes it, to what the driver needs, TLS included.

Beyond this machine TLS is on and the certificate is verified (TA-169) unless the address says otherwise with `sslmode`.
"""

import ssl
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import URL, make_url

_UNVERIFIED: Final = {"disable", "allow", "prefer", "require"}


def driver_url(address: str) -> URL:
    """Return the SQLAlchemy address of `postgresql://…`, without libpq's TLS options."""
    url = make_url(address).set(drivername="postgresql+asyncpg")
    return url.difference_update_query(["sslmode", "sslrootcert"])


def tls_mode(address: str) -> str | None:
    """Return libpq's `sslmode` of an address: None for a socket, verified beyond this machine by default."""
    url = make_url(address)
    host = url.host or ""
    if not host or "host" in url.query:
        return None
    default = "prefer" if host in {"localhost", "127.0.0.1", "::1"} else "verify-full"
    return str(url.query.get("sslmode", default))


def tls_of(address: str, ca_file: Path | None) -> Any:
    """Return asyncpg's `ssl` argument: None for a socket, a mode, or a verifying context."""
    mode = tls_mode(address)
    if mode is None or mode in _UNVERIFIED:
        return mode
    root = ca_file or make_url(address).query.get("sslrootcert")
    context = ssl.create_default_context(cafile=str(root) if root else None)
    context.check_hostname = mode == "verify-full"
    return context


async def connect(address: str, ca_file: Path | None = None) -> asyncpg.Connection:
    """Open a connection of its own, outside the pool: to listen, or for the job queue."""
    url = driver_url(address)
    socket = url.query.get("host")
    port = url.port or url.query.get("port")
    return await asyncpg.connect(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        host=socket or url.host,
        port=int(str(port)) if port else None,
        user=url.username,
        password=url.password,
        database=url.database,
        ssl=tls_of(address, ca_file),
        timeout=10,
        server_settings={"application_name": "chatelet", "timezone": "UTC"},
    )

"""Live and ready: live never depends on anything; ready only after a real write and a real read (TA-202)."""

import os
from uuid import uuid4

from fastapi import APIRouter, Request
from sqlalchemy import text
from starlette.responses import JSONResponse, PlainTextResponse, Response

from chatelet.kernel.database import Database
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.metrics import render
from chatelet.kernel.siblings import Siblings

router = APIRouter(tags=["operations"])
_LOOPBACK = frozenset({"127.0.0.1", "::1"})


@router.get("/api/health/live")
async def live() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "live"}


@router.get("/api/health/ready")
async def ready(request: Request) -> Response:
    """Write a row, read it back, remove it; 503 otherwise. A model out of reach does not make the service unready."""
    database: Database = request.app.state.database
    try:
        await _write_and_read(database)
    except Exception as error:  # noqa: BLE001 (whatever it is, we are not ready)
        return JSONResponse({"status": "unready", "database": type(error).__name__}, status_code=503)
    return JSONResponse({"status": "ready", "database": "writes and reads"})


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Give Prometheus's exposition, to this machine only: a collector elsewhere goes through the proxy's own rule."""
    if request.client is None or request.client.host not in _LOOPBACK or "x-forwarded-for" in request.headers:
        raise Forbidden
    siblings: Siblings | None = request.app.state.siblings
    told = render() if siblings is None else await siblings.metrics()
    return PlainTextResponse(told, media_type="text/plain; version=0.0.4")


async def _write_and_read(database: Database) -> None:
    probe = {"id": uuid4(), "process": os.getpid()}
    async with database.transaction() as session:
        await session.execute(text("INSERT INTO health_probes (id, process) VALUES (:id, :process)"), probe)
    async with database.transaction() as session:
        statement = text("DELETE FROM health_probes WHERE id = :id AND process = :process RETURNING id")
        if await session.scalar(statement, probe) is None:
            raise RuntimeError("the probe was not read back")

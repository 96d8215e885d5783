"""Routes of what units used, for whoever holds the right, where they hold it. Never of a person (TA-125)."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from chatelet.identity.current import CurrentSettings, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.inference.consumption import costs
from chatelet.inference.consumption.costs import Asked
from chatelet.inference.consumption.export import MEDIA, Format
from chatelet.inference.consumption.figures import read_month
from chatelet.inference.consumption.schemas import UsageOut
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_REFUSED: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
_FILES: Final = {media: {"schema": {"type": "string", "format": "binary"}} for media in ("text/csv", MEDIA["parquet"])}
_FILE: Final[dict[int | str, dict[str, Any]]] = {**_REFUSED, 200: {"content": _FILES, "description": "The file"}}
_MONTH: Final = r"^20\d\d-(0[1-9]|1[0-2])$"
_Reader = Annotated[Principal, Depends(holding(Right.USAGE_READ))]
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})


async def what_is_asked(
    unit: UUID | None = None,
    first: Annotated[str | None, Query(alias="from", pattern=_MONTH)] = None,
    last: Annotated[str | None, Query(alias="to", pattern=_MONTH)] = None,
) -> Asked:
    """Read the unit and the months asked for."""
    return Asked(unit, read_month(first) if first else None, read_month(last) if last else None)


_Asked = Annotated[Asked, Depends(what_is_asked)]


@router.get("/usage", responses=_REFUSED)
async def read_usage(session: Transaction, reader: _Reader, settings: CurrentSettings, asked: _Asked) -> UsageOut:
    """Tell what a unit and those directly under it used and cost, by month, from five persons up."""
    return await costs.usage(session, reader, settings.usage, asked)


@router.get("/usage/export", responses=_FILE, response_class=Response)
async def export_usage(
    session: Transaction,
    reader: _Reader,
    settings: CurrentSettings,
    asked: _Asked,
    kind: Annotated[Format, Query(alias="format")] = "csv",
) -> Response:
    """Download the months of a unit and of all under it, as CSV or Parquet; the export is journalled."""
    body = await costs.export(session, reader, settings.usage, asked, kind)
    headers = {
        "content-disposition": f'attachment; filename="chatelet-usage.{kind}"',
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(body, media_type=MEDIA[kind], headers=headers)

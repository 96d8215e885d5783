"""One question to one engine through the egress client: a JSON object back, or the reason why there is none."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

import msgspec

from chatelet.connectors.web.contract import EngineFailed
from chatelet.kernel.egress.gate import EgressClosed
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.outbound import BadAnswer, Endpoint, Method, Outbound, OutboundError, TooLate
from chatelet.kernel.outbound_errors import Closed

_MOST_BYTES: Final = 4 * 1024 * 1024
_LONGEST_SECRET: Final = 4_096
_FAILING: Final = 500
_HIGHLIGHT: Final = re.compile(r"</?(?:b|strong|em|i|mark|span|u)(?:\s[^<>]{0,200})?>", re.IGNORECASE)


class Engine:
    """The server of an engine, declared for the life of the process."""

    def __init__(
        self,
        outbound: Outbound,
        name: str,
        url: str,
        *,
        bearer: str | None = None,
        basic: tuple[str, str] | None = None,
        ca_file: Path | None = None,
    ) -> None:
        self._outbound, self._name = outbound, f"web-search-{name}"
        self._base = urlsplit(url).path.rstrip("/")
        endpoint = Endpoint(
            url, bearer=bearer, basic=basic, ca_file=ca_file, connect_seconds=2, purpose=Purpose.WEB_SEARCH
        )
        outbound.declare(self._name, endpoint)

    async def ask(
        self, method: Method, target: str, body: bytes | None, headers: Mapping[str, str], within: float
    ) -> dict[str, Any]:
        """Return what the engine answers. Raises `EngineFailed`."""
        try:
            incoming = await self._outbound.ask(
                method,
                self._name,
                self._base + target,
                within=within,
                body=body,
                headers={"accept": "application/json", **headers},
            )
            try:
                data = await incoming.body(_MOST_BYTES)
            finally:
                incoming.close()
        except TooLate:
            raise EngineFailed("late") from None
        except (BadAnswer, ValueError):
            raise EngineFailed("broken") from None
        except (Closed, EgressClosed):
            raise EngineFailed("closed") from None
        except OutboundError:
            raise EngineFailed("unreachable") from None
        return _read(incoming.status, data)


def secret_of(path: Path) -> str:
    """Return the one line of a file. Raises `OSError`, `ValueError`."""
    with path.open(encoding="utf-8") as file:
        held = file.read(_LONGEST_SECRET).strip()
    if not held or not held.isprintable():
        raise ValueError("one line is expected")
    return held


def text_of(value: object, most: int) -> str:
    """Return a text on one line, cut; engines give null, numbers, and words found between tags."""
    return " ".join(html.unescape(_HIGHLIGHT.sub("", value[:20_000])).split())[:most] if isinstance(value, str) else ""


def object_of(value: object) -> dict[str, Any] | None:
    """Return an object of JSON, None for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def objects_of(value: object) -> list[dict[str, Any]] | None:
    """Return the objects of a list, whatever else stands in it; None for what is no list."""
    if not isinstance(value, list):
        return None
    return [one for item in cast("list[object]", value) if (one := object_of(item)) is not None]


def _read(status: int, data: bytes) -> dict[str, Any]:
    if status == 429:
        raise EngineFailed("limited")
    if status in {401, 402, 403}:
        raise EngineFailed("refused")
    if status >= _FAILING:
        raise EngineFailed("unreachable")
    try:
        found = object_of(msgspec.json.decode(data))
    except msgspec.DecodeError:
        raise EngineFailed("broken") from None
    if status != 200 or found is None:
        raise EngineFailed("broken")
    return found

"""Lines of retention and of the rights of persons: one's own, and the desk of whoever manages data protection."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from tests.matrix.line import ADMIN, MINE, PUBLIC, Line, Made, just, owned, whole

LINES: dict[str, Line] = {
    "GET /api/retention": MINE,
    "PATCH /api/retention": Line("mine", body=just(kind="conversations", days=None)),
    f"GET {ADMIN}/retention": whole(),
    f"POST {ADMIN}/retention": whole(just(kind="documents", days=900)),
    f"DELETE {ADMIN}/retention/{{rule_id}}": whole(),
    "GET /api/privacy/requests": MINE,
    "POST /api/privacy/requests": Line("mine", body=just(kind="objection", words="Pas de résumé.")),
    "GET /api/privacy/requests/{request_id}/archive": owned(allowed=frozenset({404})),
    "POST /api/privacy/erasure": Line("mine", body=just(password="pas le bon"), allowed=frozenset({403})),
    "GET /api/privacy/certificates/{reference}": PUBLIC,
    "GET /api/reports": MINE,
    "POST /api/reports": Line("mine", body=just(kind="incident", about="other", words="Rien de grave.")),
    f"GET {ADMIN}/reports": whole(),
    f"PATCH {ADMIN}/reports/{{report_id}}": whole(just(state="closed", answer="Vu.")),
    f"GET {ADMIN}/privacy/requests": whole(),
    f"PATCH {ADMIN}/privacy/requests/{{request_id}}": whole(just(outcome="done")),
    f"GET {ADMIN}/privacy/certificates": whole(),
    f"GET {ADMIN}/privacy/certificates/{{certificate_id}}": whole(allowed=frozenset({404})),
}
WATCHED = (
    "SELECT id, kind, days, replaced_at FROM retention_rules",
    "SELECT id, person_id, state FROM privacy_requests",
    "SELECT id, state FROM reports",
)


async def _rule(world: Any, made: Made) -> None:
    answer = await world.made("/api/admin/retention", {"kind": "conversations", "days": 170})
    made["rule_id"] = answer["items"][0]["rules"][0]["id"]


async def _report(world: Any, made: Made) -> None:
    body = {"kind": "incident", "about": "other", "words": "Confidentiel-3f9a"}
    made["report_id"] = (await world.made("/api/reports", body, by="owner"))["id"]


async def _request(world: Any, made: Made) -> None:
    body = {"kind": "objection", "words": "Confidentiel-3f9a"}
    made["request_id"] = (await world.made("/api/privacy/requests", body, by="owner"))["items"][0]["id"]


async def _certificate(_world: Any, made: Made) -> None:
    made["certificate_id"] = str(uuid4())


MAKERS: dict[str, Callable[[Any, Made], Awaitable[None]]] = {
    "rule_id": _rule,
    "request_id": _request,
    "report_id": _report,
    "certificate_id": _certificate,
}

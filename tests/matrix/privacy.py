"""Lines of retention and of the rights of persons: one's own, and the desk of whoever manages data protection."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from tests.matrix.line import ADMIN, MINE, PUBLIC, Line, Made, apart, just, owned, whole

_READINGS = f"{ADMIN}/privacy/readings"
_NEW_READING = {
    "email": "quelqu.un@exemple.fr",
    "reason": "security_incident",
    "words": "Fuite constatée ce matin.",
    "ends_at": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    "from_at": "2026-01-01T00:00:00Z",
    "to_at": "2026-12-01T00:00:00Z",
}

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
    "GET /api/privacy/readings": MINE,
    "POST /api/privacy/readings/seen": MINE,
    f"GET {_READINGS}": whole(),
    f"POST {_READINGS}": apart(just(**_NEW_READING)),
    f"POST {_READINGS}/{{reading_id}}/decision": apart(just(outcome="approved")),
    f"GET {_READINGS}/{{reading_id}}/conversations": apart(),
    f"GET {_READINGS}/{{reading_id}}/conversations/{{conversation_id}}": apart(),
    f"POST {_READINGS}/{{reading_id}}/end": whole(),
    "GET /api/policies/current": MINE,
    f"GET {ADMIN}/policies": whole(),
    f"POST {ADMIN}/policies/draft": whole(just(rules={})),
    f"POST {ADMIN}/policies/draft/publish": whole(allowed=frozenset({409})),
    f"POST {ADMIN}/policies/{{policy_id}}/trial": whole(),
    f"POST {ADMIN}/policies/{{policy_id}}/reading": whole(just(text="DIFFUSION LIMITÉE")),
    f"GET {ADMIN}/privacy/file": whole(),
    f"POST {ADMIN}/privacy/file": whole(),
    f"GET {ADMIN}/privacy/file/{{governance_file_id}}": whole(),
    f"GET {ADMIN}/privacy/certificates": whole(),
    f"GET {ADMIN}/privacy/certificates/{{certificate_id}}": whole(allowed=frozenset({404})),
}
WATCHED = (
    "SELECT id, kind, days, replaced_at FROM retention_rules",
    "SELECT id, person_id, state FROM privacy_requests",
    "SELECT id, state, decided_by, ended_at FROM content_readings",
    "SELECT id FROM content_openings",
    "SELECT id, state, sha256 FROM policy_versions",
    "SELECT id FROM governance_files",
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


async def _reading(world: Any, made: Made) -> None:
    """Approved, of the owner's content: what a requester could read, and nobody of this world may."""
    made["reading_id"] = str(uuid4())
    async with world.database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO content_readings (id, subject_id, from_at, to_at, reason, state, requested_at, decided_at,"
                " ends_at) VALUES (CAST(:id AS uuid), CAST(:subject AS uuid), now() - interval '1 year', now(),"
                " 'absence', 'approved', now(), now(), now() + interval '1 day')"
            ),
            {"id": made["reading_id"], "subject": world.ids["owner"]},
        )


async def _file(world: Any, made: Made) -> None:
    made["governance_file_id"] = (await world.boss.call("POST", "/api/admin/privacy/file")).body["items"][0]["id"]


async def _version(world: Any, made: Made) -> None:
    answer = await world.boss.call("POST", "/api/admin/policies/draft", {"rules": {}})
    made["policy_id"] = answer.body["items"][0]["id"]


async def _certificate(_world: Any, made: Made) -> None:
    made["certificate_id"] = str(uuid4())


MAKERS: dict[str, Callable[[Any, Made], Awaitable[None]]] = {
    "rule_id": _rule,
    "request_id": _request,
    "report_id": _report,
    "certificate_id": _certificate,
    "reading_id": _reading,
    "policy_id": _version,
    "governance_file_id": _file,
}

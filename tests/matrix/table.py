"""Who may call each route, and with what: one line a route. A route without a line fails the build (TA-021).

Families, by what decides:

    public     nobody is asked who they are
    mine       any signed-in person, about themselves
    owned      the owner of the conversation or folder; for anybody else it does not exist, an administrator included
    held       whoever holds `right` on the unit of the object; elsewhere the object does not exist
    listed     whoever holds `right` somewhere; they see what is theirs to see
    whole      whoever manages the installation as a whole
    keyed      an API key only: a cookie, whoever's, opens nothing there
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

Family = Literal["public", "mine", "owned", "held", "listed", "whole", "keyed"]
Made = dict[str, str]
Body = Callable[[Made], Any]


@dataclass(frozen=True)
class Line:
    """What a route expects. `body` is made from the identifiers of the objects made for this call."""

    family: Family
    right: str = ""
    body: Body | None = None
    query: dict[str, str] = field(default_factory=dict)
    allowed: frozenset[int] = frozenset()
    """Statuses that say "you may" beside 2xx: what a harmless call meets once it is let in."""
    needs: tuple[str, ...] = ()
    """Objects that the body names, beside those of the path."""


def _just(**body: Any) -> Body:
    return lambda _made: body


def _owned(body: Body | None = None, **more: Any) -> Line:
    return Line("owned", body=body, **more)


def _held(right: str, body: Body | None = None, **more: Any) -> Line:
    return Line("held", right, body, **more)


def _whole(body: Body | None = None, **more: Any) -> Line:
    return Line("whole", "installation.manage", body, **more)


_PUBLIC, _MINE = Line("public"), Line("mine")
_CONVERSATION, _TURN = "/api/conversations/{conversation_id}", "/api/conversations/{conversation_id}/turns"
_ZONE = {"name": "Z", "country": "FR", "operator": "O", "legal_reach": "FR"}
_QUOTA = {"holder": "unit", "measure": "tokens", "period": "day", "amount": 1e9}
_MODEL = {"display_name": "M", "upstream": "m", "enabled": False}
_SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
_PROVIDER = {"name_fr": "P", "name_en": "P", "client_id": "c", "enabled": False}
_PROVIDERS = "/api/admin/sign-in-providers"
_PERSON, _UNIT, _ADMIN = "/api/admin/persons/{person_id}", "/api/admin/units/{unit_id}", "/api/admin"

TABLE: dict[str, Line] = {
    "GET /api/health/live": _PUBLIC,
    "GET /api/health/ready": _PUBLIC,
    "GET /api/installation": _PUBLIC,
    "POST /api/installation/administrator": _PUBLIC,
    "POST /api/invitations/accept": _PUBLIC,
    "POST /api/sessions": _PUBLIC,
    "GET /metrics": _PUBLIC,
    "POST /api/emergency": _PUBLIC,
    "POST /api/sign-in/{code}": _PUBLIC,
    "GET /api/sign-in/{code}/callback": _PUBLIC,
    "POST /api/sign-in/{code}/sign-out": _PUBLIC,
    "POST /api/sign-out": _PUBLIC,
    "GET /api/sessions/current": _MINE,
    "DELETE /api/sessions/current": _MINE,
    "PATCH /api/persons/current": Line("mine", body=_just(language="fr")),
    "POST /api/persons/current/password": Line(
        "mine", body=_just(current="pas le bon", new="Un autre mot de passe 42"), allowed=frozenset({403})
    ),
    "GET /api/models": _MINE,
    "GET /api/quotas/current": _MINE,
    "GET /api/conversations": _MINE,
    "POST /api/conversations": Line("mine", body=_just()),
    "GET /api/conversations/export": _MINE,
    "POST /api/conversations/import": Line("mine", body=_just(), allowed=frozenset({422})),
    "GET /api/conversations/search": Line("mine", query={"q": "confidentiel"}),
    "POST /api/folders": Line("mine", body=_just(name="Dossier")),
    f"GET {_CONVERSATION}": _owned(),
    f"PATCH {_CONVERSATION}": _owned(_just(title="Pris")),
    f"DELETE {_CONVERSATION}": _owned(),
    f"GET {_CONVERSATION}/export": _owned(),
    f"POST {_CONVERSATION}/restore": _owned(allowed=frozenset({404, 409})),
    f"POST {_TURN}": _owned(_just(text="Et ensuite ? [[tokens=2]]")),
    f"GET {_TURN}/{{turn_id}}/events": _owned(),
    f"POST {_TURN}/{{turn_id}}/stop": _owned(),
    "PATCH /api/folders/{folder_id}": _owned(_just(name="Pris")),
    "DELETE /api/folders/{folder_id}": _owned(),
    f"GET {_ADMIN}/persons": Line("listed", "persons.read"),
    f"PATCH {_PERSON}": _held("persons.manage", _just(state="disabled")),
    f"GET {_PERSON}/units": _held("persons.read"),
    f"POST {_PERSON}/units": _held("persons.manage", lambda made: {"unit_id": made["unit_id"]}, needs=("unit_id",)),
    f"DELETE {_PERSON}/units/{{unit_id}}": _held("persons.manage"),
    f"GET {_PERSON}/roles": _held("persons.read"),
    f"POST {_PERSON}/roles": _held(
        "roles.grant",
        lambda made: {"role_id": made["referent"], "unit_id": made["unit_id"]},
        needs=("unit_id", "referent"),
    ),
    f"DELETE {_PERSON}/roles/{{grant_id}}": _held("roles.grant"),
    f"GET {_ADMIN}/units": _MINE,
    f"POST {_ADMIN}/units": _held(
        "units.manage",
        lambda made: {"code": made["fresh"], "name": "Nouvelle", "parent_id": made["unit_id"]},
        needs=("unit_id", "fresh"),
    ),
    f"PATCH {_UNIT}": _held("units.manage", _just(name="Prise")),
    f"DELETE {_UNIT}": _held("units.manage", allowed=frozenset({409})),
    f"POST {_UNIT}/move": _held("units.manage", lambda made: {"parent_id": made["north"]}, needs=("north",)),
    f"POST {_UNIT}/merge": _held("units.manage", lambda made: {"into_id": made["north"]}, needs=("north",)),
    "GET /api/keys": _MINE,
    "POST /api/keys": Line("mine", body=_just(name="Clé", expires_at=_SOON)),
    "POST /api/keys/{key_id}/rotate": _owned(_just(expires_at=_SOON)),
    "DELETE /api/keys/{key_id}": _owned(),
    f"GET {_ADMIN}/keys": Line("listed", "keys.manage"),
    f"GET {_ADMIN}/keys/units": Line("listed", "keys.manage"),
    f"POST {_ADMIN}/keys": _held(
        "keys.manage",
        lambda made: {"name": "Clé", "expires_at": _SOON, "unit_id": made["unit_id"]},
        needs=("unit_id",),
    ),
    f"POST {_ADMIN}/keys/{{key_id}}/owner": _held("keys.manage", needs=("unit_key",)),
    "OPTIONS /v1/{rest:path}": _PUBLIC,
    **dict.fromkeys(
        (
            "GET /v1/models",
            "GET /v1/models/{model_id}",
            "POST /v1/chat/completions",
            "POST /v1/embeddings",
            "POST /v1/responses",
        ),
        Line("keyed", body=_just(model="scripted")),
    ),
    f"GET {_ADMIN}/roles": Line("listed", "persons.read"),
    f"POST {_ADMIN}/roles": _whole(
        lambda made: {"code": f"r{made['fresh']}", "name_fr": "R", "name_en": "R", "rights": []}, needs=("fresh",)
    ),
    f"PATCH {_ADMIN}/roles/{{role_id}}": _whole(_just(name_fr="Changé")),
    f"DELETE {_ADMIN}/roles/{{role_id}}": _whole(),
    f"GET {_ADMIN}/quotas": Line("listed", "quotas.manage"),
    f"POST {_ADMIN}/quotas": _held(
        "quotas.manage",
        lambda made: {"unit_id": made["unit_id"], **_QUOTA},
        needs=("unit_id",),
    ),
    f"PATCH {_ADMIN}/quotas/{{quota_id}}": _held("quotas.manage", _just(amount=2e9)),
    f"DELETE {_ADMIN}/quotas/{{quota_id}}": _held("quotas.manage"),
    f"GET {_PROVIDERS}": _whole(),
    f"POST {_PROVIDERS}": _whole(
        lambda made: {"code": f"p{made['fresh']}", "issuer": f"https://{made['fresh']}.exemple.fr", **_PROVIDER},
        needs=("fresh",),
    ),
    f"PATCH {_PROVIDERS}/{{provider_id}}": _whole(_just(name_fr="Changé")),
    f"DELETE {_PROVIDERS}/{{provider_id}}": _whole(),
    f"POST {_PROVIDERS}/{{provider_id}}/probe": _whole(allowed=frozenset({502, 503})),
    f"GET {_PROVIDERS}/{{provider_id}}/rules": _whole(),
    f"PATCH {_PROVIDERS}/{{provider_id}}/rules": _whole(_just(rules=[])),
    f"POST {_PROVIDERS}/{{provider_id}}/rules/dry-run": _whole(_just(claims={"sub": "1"})),
    f"GET {_PROVIDERS}/{{provider_id}}/sign-ins": _whole(),
    f"GET {_ADMIN}/invitations": _whole(),
    f"POST {_ADMIN}/invitations": _whole(
        lambda made: {"email": f"{made['fresh']}@exemple.fr", "name": "I"}, needs=("fresh",)
    ),
    f"DELETE {_ADMIN}/invitations/{{invitation_id}}": _whole(),
    f"GET {_ADMIN}/backends": _whole(),
    f"POST {_ADMIN}/backends": _whole(
        lambda made: {"name": f"b{made['fresh']}", "url": "http://127.0.0.1:9/v1", "zone": _ZONE, "enabled": False},
        needs=("fresh",),
    ),
    f"PATCH {_ADMIN}/backends/{{name}}": _whole(_just(connect_seconds=3)),
    f"DELETE {_ADMIN}/backends/{{name}}": _whole(),
    f"POST {_ADMIN}/backends/{{name}}/probe": _whole(allowed=frozenset({404})),
    f"GET {_ADMIN}/models": _whole(),
    f"POST {_ADMIN}/models": _whole(
        lambda made: {"id": f"m{made['fresh']}", "backend": made["name"], **_MODEL},
        needs=("fresh", "name"),
    ),
    f"PATCH {_ADMIN}/models/{{model_id}}": _whole(_just(position=3)),
    f"DELETE {_ADMIN}/models/{{model_id}}": _whole(),
}

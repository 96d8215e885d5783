"""Who may call each route, and with what: one line a route. A route without a line fails the build (TA-021).

Families, by what decides:

    public     nobody is asked who they are
    mine       any signed-in person, about themselves
    owned      the owner of the conversation or folder; for anybody else it does not exist, an administrator included
    curated    whoever holds `documents.curate` on the unit that owns the collection; for anybody else it does not exist
    held       whoever holds `right` on the unit of the object; elsewhere the object does not exist
    listed     whoever holds `right` somewhere; they see what is theirs to see
    seen       whoever holds a right on the object's unit sees it, and who belongs there; nobody else knows of it
    whole      whoever manages the installation as a whole
    apart      whoever holds one of two rights that exclude one another: an administrator, who holds both, is refused too
    keyed      an API key only: a cookie, whoever's, opens nothing there
"""

from datetime import UTC, datetime, timedelta

from tests.matrix import adoption, documents, privacy, provisioning, research, sources, web, writing
from tests.matrix.line import ADMIN, MINE, PUBLIC, Line, Made, held, just, owned, whole

__all__ = ["TABLE", "Line", "Made"]
_CONVERSATION, _TURN = "/api/conversations/{conversation_id}", "/api/conversations/{conversation_id}/turns"
_ZONE = {"name": "Z", "country": "FR", "operator": "O", "legal_reach": "FR"}
_QUOTA = {"holder": "unit", "measure": "tokens", "period": "day", "amount": 1e9}
_MODEL = {"display_name": "M", "upstream": "m", "enabled": False}
_SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
_PROVIDER = {"name_fr": "P", "name_en": "P", "client_id": "c", "enabled": False}
_PROVIDERS = "/api/admin/sign-in-providers"
_ACTS = "/api/admin/person-acts"
_PERSON, _UNIT = "/api/admin/persons/{person_id}", "/api/admin/units/{unit_id}"

TABLE: dict[str, Line] = {
    "GET /api/health/live": PUBLIC,
    "GET /api/health/ready": PUBLIC,
    "GET /api/installation": PUBLIC,
    "POST /api/installation/administrator": PUBLIC,
    "POST /api/invitations/accept": PUBLIC,
    "POST /api/sessions": PUBLIC,
    "GET /metrics": PUBLIC,
    "POST /api/emergency": PUBLIC,
    "POST /api/sign-in/{code}": PUBLIC,
    "GET /api/sign-in/{code}/callback": PUBLIC,
    "POST /api/sign-in/{code}/password": PUBLIC,
    "POST /api/sign-in/{code}/sign-out": PUBLIC,
    "POST /api/sign-out": PUBLIC,
    "GET /api/sessions/current": MINE,
    "DELETE /api/sessions/current": MINE,
    "PATCH /api/persons/current": Line("mine", body=just(language="fr")),
    "POST /api/persons/current/password": Line(
        "mine", body=just(current="pas le bon", new="Un autre mot de passe 42"), allowed=frozenset({403})
    ),
    "GET /api/models": MINE,
    "GET /api/quotas/current": MINE,
    "GET /api/conversations": MINE,
    "POST /api/conversations": Line("mine", body=just()),
    "GET /api/conversations/export": MINE,
    "POST /api/conversations/import": Line("mine", body=just(), allowed=frozenset({422})),
    "GET /api/conversations/search": Line("mine", query={"q": "confidentiel"}),
    "POST /api/sensitivity/look": Line("mine", body=just(text="Bonjour")),
    "GET /api/web-search": MINE,
    "POST /api/web-search/query": Line("mine", body=just(text="Quel est le délai ?")),
    "GET /api/scholarly": MINE,
    "POST /api/scholarly/search": Line("mine", body=just(words="notaires"), allowed=frozenset({503})),
    "POST /api/scholarly/resolve": Line("mine", body=just(identifier="10.5555/a"), allowed=frozenset({503})),
    "POST /api/scholarly/export": Line("mine", body=just(format="ris", records=[{"title": "Un titre"}])),
    "POST /api/scholarly/import": Line("mine", body=just(text="10.5555/a")),
    "POST /api/scholarly/references": Line("mine", body=just(text="10.5555/a"), allowed=frozenset({503})),
    f"GET {_CONVERSATION}/pseudonyms": owned(),
    f"POST {_CONVERSATION}/pseudonyms/preview": owned(body=just(text="Bonjour"), allowed=frozenset({403})),
    "POST /api/folders": Line("mine", body=just(name="Dossier")),
    f"GET {_CONVERSATION}": owned(),
    f"PATCH {_CONVERSATION}": owned(just(title="Pris")),
    f"DELETE {_CONVERSATION}": owned(),
    f"GET {_CONVERSATION}/export": owned(),
    f"GET {_CONVERSATION}/web-pages": owned(),
    f"GET {_CONVERSATION}/web-pages/{{page_id}}": owned(allowed=frozenset({404})),
    f"POST {_CONVERSATION}/declaration": owned(just(language="fr", uses=["language"], checks=["read_again"])),
    f"POST {_CONVERSATION}/restore": owned(allowed=frozenset({404, 409})),
    f"POST {_TURN}": owned(just(text="Et ensuite ? [[tokens=2]]")),
    f"GET {_TURN}/{{turn_id}}/events": owned(),
    f"POST {_TURN}/{{turn_id}}/stop": owned(),
    "PATCH /api/folders/{folder_id}": owned(just(name="Pris")),
    "DELETE /api/folders/{folder_id}": owned(),
    f"GET {ADMIN}/persons": Line("listed", "persons.read"),
    f"PATCH {_PERSON}": held("persons.manage", just(state="disabled")),
    f"GET {_ACTS}": Line("listed", "persons.read"),
    f"POST {_ACTS}/preview": Line("listed", "persons.read", just(filter={}, act={"kind": "disable"})),
    f"POST {_ACTS}": Line(
        "listed", "persons.read", just(filter={}, act={"kind": "disable"}, seen="0"), allowed=frozenset({409})
    ),
    f"GET {_ACTS}/{{act_id}}": held("persons.read"),
    f"POST {_ACTS}/{{act_id}}/stop": held("persons.read", allowed=frozenset({409})),
    f"POST {_ACTS}/{{act_id}}/undo": held("persons.read", allowed=frozenset({409})),
    f"GET {_PERSON}/units": held("persons.read"),
    f"POST {_PERSON}/units": held("persons.manage", lambda made: {"unit_id": made["unit_id"]}, needs=("unit_id",)),
    f"DELETE {_PERSON}/units/{{unit_id}}": held("persons.manage"),
    f"GET {_PERSON}/roles": held("persons.read"),
    f"POST {_PERSON}/roles": held(
        "roles.grant",
        lambda made: {"role_id": made["referent"], "unit_id": made["unit_id"]},
        needs=("unit_id", "referent"),
    ),
    f"DELETE {_PERSON}/roles/{{grant_id}}": held("roles.grant"),
    f"GET {ADMIN}/units": MINE,
    f"POST {ADMIN}/units": held(
        "units.manage",
        lambda made: {"code": made["fresh"], "name": "Nouvelle", "parent_id": made["unit_id"]},
        needs=("unit_id", "fresh"),
    ),
    f"GET {_UNIT}/roles": held("persons.read"),
    f"PATCH {_UNIT}": held("units.manage", just(name="Prise")),
    f"DELETE {_UNIT}": held("units.manage", allowed=frozenset({409})),
    f"POST {_UNIT}/move": held("units.manage", lambda made: {"parent_id": made["north"]}, needs=("north",)),
    f"GET {_UNIT}/merge": held("units.manage", query={"into": "north"}, needs=("north",)),
    f"POST {_UNIT}/merge": held("units.manage", lambda made: {"into_id": made["north"]}, needs=("north",)),
    "GET /api/keys": MINE,
    "POST /api/keys": Line("mine", body=just(name="Clé", expires_at=_SOON)),
    "POST /api/keys/{key_id}/rotate": owned(just(expires_at=_SOON)),
    "DELETE /api/keys/{key_id}": owned(),
    f"GET {ADMIN}/keys": Line("listed", "keys.manage"),
    f"GET {ADMIN}/keys/units": Line("listed", "keys.manage"),
    f"POST {ADMIN}/keys": held(
        "keys.manage",
        lambda made: {"name": "Clé", "expires_at": _SOON, "unit_id": made["unit_id"]},
        needs=("unit_id",),
    ),
    f"POST {ADMIN}/keys/{{key_id}}/owner": held("keys.manage", needs=("unit_key",)),
    "OPTIONS /v1/{rest:path}": PUBLIC,
    **dict.fromkeys(
        (
            "GET /v1/models",
            "GET /v1/models/{model_id}",
            "POST /v1/chat/completions",
            "POST /v1/embeddings",
            "POST /v1/rerank",
            "POST /v1/responses",
        ),
        Line("keyed", body=just(model="scripted")),
    ),
    f"GET {ADMIN}/roles": Line("listed", "persons.read"),
    f"POST {ADMIN}/roles": whole(
        lambda made: {"code": f"r{made['fresh']}", "name_fr": "R", "name_en": "R", "rights": []}, needs=("fresh",)
    ),
    f"PATCH {ADMIN}/roles/{{role_id}}": whole(just(name_fr="Changé")),
    f"DELETE {ADMIN}/roles/{{role_id}}": whole(),
    f"GET {ADMIN}/egress": Line("whole", "security.manage"),
    f"GET {ADMIN}/egress/export": Line("whole", "security.manage"),
    f"GET {ADMIN}/quotas": Line("listed", "quotas.manage"),
    f"POST {ADMIN}/quotas": held(
        "quotas.manage",
        lambda made: {"unit_id": made["unit_id"], **_QUOTA},
        needs=("unit_id",),
    ),
    f"PATCH {ADMIN}/quotas/{{quota_id}}": held("quotas.manage", just(amount=2e9)),
    f"DELETE {ADMIN}/quotas/{{quota_id}}": held("quotas.manage"),
    f"GET {_PROVIDERS}": whole(),
    f"POST {_PROVIDERS}": whole(
        lambda made: {"code": f"p{made['fresh']}", "issuer": f"https://{made['fresh']}.exemple.fr", **_PROVIDER},
        needs=("fresh",),
    ),
    f"PATCH {_PROVIDERS}/{{provider_id}}": whole(just(name_fr="Changé")),
    f"DELETE {_PROVIDERS}/{{provider_id}}": whole(),
    f"POST {_PROVIDERS}/{{provider_id}}/probe": whole(allowed=frozenset({502, 503})),
    f"GET {_PROVIDERS}/{{provider_id}}/rules": whole(),
    f"PATCH {_PROVIDERS}/{{provider_id}}/rules": whole(just(rules=[])),
    f"POST {_PROVIDERS}/{{provider_id}}/rules/dry-run": whole(just(claims={"sub": "1"})),
    f"GET {_PROVIDERS}/{{provider_id}}/sign-ins": whole(),
    f"GET {ADMIN}/invitations": whole(),
    f"POST {ADMIN}/invitations": whole(
        lambda made: {"email": f"{made['fresh']}@exemple.fr", "name": "I"}, needs=("fresh",)
    ),
    f"DELETE {ADMIN}/invitations/{{invitation_id}}": whole(),
    f"GET {ADMIN}/backends": whole(),
    f"POST {ADMIN}/backends": whole(
        lambda made: {"name": f"b{made['fresh']}", "url": "http://127.0.0.1:9/v1", "zone": _ZONE, "enabled": False},
        needs=("fresh",),
    ),
    f"PATCH {ADMIN}/backends/{{name}}": whole(just(connect_seconds=3)),
    f"DELETE {ADMIN}/backends/{{name}}": whole(),
    f"POST {ADMIN}/backends/{{name}}/probe": whole(allowed=frozenset({404})),
    f"GET {ADMIN}/models": whole(),
    f"POST {ADMIN}/models": whole(
        lambda made: {"id": f"m{made['fresh']}", "backend": made["name"], **_MODEL},
        needs=("fresh", "name"),
    ),
    f"PATCH {ADMIN}/models/{{model_id}}": whole(just(position=3)),
    f"DELETE {ADMIN}/models/{{model_id}}": whole(),
    **documents.LINES,
    **sources.LINES,
    **web.LINES,
    **adoption.LINES,
    **provisioning.LINES,
    **privacy.LINES,
    **writing.LINES,
    **research.LINES,
}

"""Lines of the charter and of the waves: read and changed where the right is held, on the owner's unit."""

from datetime import UTC, datetime, timedelta

from tests.matrix.line import ADMIN, MINE, PUBLIC, Line, Made, held, just

_TODAY = datetime.now(UTC).date()
_UNTIL = (_TODAY + timedelta(days=30)).isoformat()
_COHORT = f"{ADMIN}/cohorts/{{cohort_id}}"
_WORDS = {"kind": "reminder", "language": "fr", "subject": "Objet", "body": "Bonjour {link}"}
_HERE = {"unit_id": "unit_id"}
_DATES = {"opens_on": _TODAY.isoformat(), "closes_on": _UNTIL}


def _charter(made: Made) -> object:
    return {"unit_id": made["unit_id"], "texts": {"fr": "Soyez prudents."}, "after": 0}


LINES: dict[str, Line] = {
    **dict.fromkeys(
        (
            "GET /api/registration",
            "POST /api/registrations",
            "POST /api/registrations/confirm",
            "POST /api/activations/link",
            "POST /api/activations/links",
            "POST /api/activations/code",
        ),
        PUBLIC,
    ),
    "POST /api/activations/current": Line("mine", body=just(code="AAAA-BBBB"), allowed=frozenset({403, 410, 422})),
    "GET /api/charter": MINE,
    "POST /api/charter/acceptances": Line(
        "mine",
        body=lambda made: {"charter_id": made["north"], "hash": "0" * 64},
        needs=("north",),
        allowed=frozenset({404, 409}),
    ),
    f"GET {ADMIN}/charters": Line("listed", "charter.publish"),
    f"POST {ADMIN}/charters": held("charter.publish", _charter, needs=("unit_id",)),
    f"GET {ADMIN}/charters/current": held("charter.publish", query=_HERE, needs=("unit_id",)),
    f"DELETE {ADMIN}/charters/current": held(
        "charter.publish", query=_HERE, needs=("unit_id",), allowed=frozenset({404})
    ),
    f"GET {ADMIN}/charters/acceptances": held("charter.publish", query=_HERE, needs=("unit_id",)),
    f"GET {ADMIN}/adoption/units": Line("mine", allowed=frozenset({403})),
    "POST /api/literacy/completions": MINE,
    f"GET {ADMIN}/adoption/literacy": Line("listed", "waves.manage"),
    f"GET {ADMIN}/cohorts": Line("listed", "waves.manage"),
    f"POST {ADMIN}/cohorts": held(
        "waves.manage",
        lambda made: {"name": "V", "unit_id": made["unit_id"], "capacity": 5, **_DATES},
        needs=("unit_id",),
    ),
    f"GET {_COHORT}": held("waves.manage"),
    f"PATCH {_COHORT}": held("waves.manage", just(capacity=7)),
    f"GET {_COHORT}/progress": held("waves.manage"),
    f"POST {_COHORT}/members": held("waves.manage", just(rule="first_come", count=1, preview=True)),
    f"POST {_COHORT}/removals": held("waves.manage", lambda made: {"ids": [made["north"]]}, needs=("north",)),
    f"POST {_COHORT}/codes": held("waves.manage", allowed=frozenset({409})),
    f"POST {_COHORT}/messages": held("waves.manage", just(kind="reminder"), allowed=frozenset({409})),
    f"GET {ADMIN}/volunteers": Line("listed", "waves.manage"),
    f"POST {ADMIN}/volunteers": Line(
        "listed",
        "waves.manage",
        body=lambda made: {"volunteers": [{"email": f"{made['fresh']}@exemple.fr", "name": "V"}]},
        needs=("fresh",),
        allowed=frozenset({403}),
    ),
    f"POST {ADMIN}/volunteers/{{volunteer_id}}/unit": held("waves.manage"),
    f"DELETE {ADMIN}/volunteers/{{volunteer_id}}": held("waves.manage"),
    f"GET {ADMIN}/adoption/openings": Line("listed", "waves.manage"),
    f"POST {ADMIN}/adoption/openings": held(
        "waves.manage",
        lambda made: {"unit_id": made["unit_id"], "opens_on": _TODAY.isoformat()},
        needs=("unit_id",),
    ),
    f"DELETE {ADMIN}/adoption/openings/{{unit_id}}": held("waves.manage", allowed=frozenset({404})),
    f"GET {ADMIN}/adoption/words": Line("listed", "waves.manage", allowed=frozenset({403})),
    f"POST {ADMIN}/adoption/words": Line("listed", "waves.manage", body=just(**_WORDS), allowed=frozenset({403, 422})),
    f"DELETE {ADMIN}/adoption/words/{{kind}}/{{language}}": Line("listed", "waves.manage", allowed=frozenset({403})),
}

"""Lines of what arrives in numbers: directories (SCIM), imported tables, lists as files, costs."""

from tests.matrix.line import ADMIN, MINE, Line, held, just, whole
from tests.matrix.world import LDAP

_DIRECTORY = f"{ADMIN}/directories/{{directory_id}}"
_USER, _GROUP, _REST = "/scim/v2/Users/{user_id}", "/scim/v2/Groups/{group_id}", "/scim/v2/{rest:path}"
_WAYS = f"{ADMIN}/sign-in-providers"
_LDAP = f"{_WAYS}/{{provider_id}}/directory"
_DOWN = frozenset({503})

LINES: dict[str, Line] = {
    f"GET {ADMIN}/persons.csv": Line("listed", "persons.read"),
    f"GET {ADMIN}/persons/{{person_id}}": held("persons.read"),
    f"GET {ADMIN}/units/{{unit_id}}": Line("seen", "units.manage"),
    f"POST {ADMIN}/imports/persons": Line("listed", "persons.manage", body=just(), allowed=frozenset({422})),
    f"POST {ADMIN}/imports/units": Line("listed", "units.manage", body=just(), allowed=frozenset({422})),
    "GET /api/usage/current": MINE,
    f"GET {ADMIN}/usage": Line("listed", "usage.read"),
    f"GET {ADMIN}/usage/export": Line("listed", "usage.read", query={"format": "=csv"}),
    f"GET {ADMIN}/directories": whole(),
    f"POST {ADMIN}/directories": whole(
        lambda made: {"name": f"D {made['fresh']}", "issuer": f"https://d{made['fresh']}.exemple.fr"}, needs=("fresh",)
    ),
    f"DELETE {_DIRECTORY}": whole(),
    f"POST {_DIRECTORY}/token": whole(),
    f"GET {_DIRECTORY}/groups": whole(),
    f"PATCH {_DIRECTORY}/groups/{{group_id}}": whole(just(), allowed=frozenset({404})),
    f"GET {_DIRECTORY}/orphans": whole(),
    f"GET {_DIRECTORY}/orphans.csv": whole(),
    f"POST {_WAYS}/directories": whole(
        lambda made: {"code": f"l{made['fresh']}", "name_fr": "L", "name_en": "L", **LDAP}, needs=("fresh",)
    ),
    f"GET {_LDAP}": whole(needs=("ldap",)),
    f"PATCH {_LDAP}": whole(just(name_fr="Changé"), needs=("ldap",)),
    f"POST {_LDAP}/trial": whole(just(), needs=("ldap",)),
    f"POST {_LDAP}/import": whole(just(kind="persons"), needs=("ldap",), allowed=frozenset({502})),
    f"GET {_LDAP}/orphans": whole(needs=("ldap",), allowed=_DOWN),
    f"GET {_LDAP}/orphans.csv": whole(needs=("ldap",), allowed=_DOWN),
    **dict.fromkeys(
        (
            *(f"{method} {path}" for path in (_USER, _GROUP) for method in ("GET", "PUT", "PATCH", "DELETE")),
            *(f"{method} {_REST}" for method in ("GET", "POST", "PUT", "PATCH", "DELETE")),
            *(f"{method} /scim/v2/{kind}" for kind in ("Users", "Groups") for method in ("GET", "POST")),
            *(f"POST /scim/v2/{kind}/.search" for kind in ("Users", "Groups")),
            *(f"GET /scim/v2/{kind}" for kind in ("ResourceTypes", "Schemas", "ServiceProviderConfig")),
            *(f"GET /scim/v2/{kind}/{{name}}" for kind in ("ResourceTypes", "Schemas")),
        ),
        Line("keyed"),
    ),
}

"""What SCIM calls the parts of a person and of a group; and what is accepted of them and not kept.

Only what serves is kept: a directory may send telephones and addresses, they are left aside (RFC 7644, 3.3).
"""

from collections.abc import Mapping
from typing import Any, Final

USER: Final = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP: Final = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LIST: Final = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
PATCH: Final = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
SEARCH: Final = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
ERROR: Final = "urn:ietf:params:scim:api:messages:2.0:Error"
MOST_MEMBERS: Final = 100_000

_NAMES: Final = (
    "schemas", "id", "externalId", "meta", "userName", "name", "displayName", "emails", "active", "preferredLanguage",
    "groups", "members",
)  # fmt: skip
CANONICAL: Final = {name.lower(): name for name in _NAMES}
NAME_PARTS: Final = {"formatted": "formatted", "familyname": "familyName", "givenname": "givenName"}
READ_ONLY: Final = frozenset({"schemas", "id", "meta", "groups"})
# Of the same schemas, understood and not kept.
LEFT_ASIDE: Final = frozenset(
    "nickname profileurl title usertype locale timezone password phonenumbers ims photos addresses entitlements roles "
    "x509certificates employeenumber costcenter organization division department manager".split()
)


def canonical(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that are kept, under their own names; names are compared without case (RFC 7643, 2.1)."""
    found: dict[str, Any] = {}
    for name, value in resource.items():
        known = CANONICAL.get(bare_name(name))
        if known is not None and known not in READ_ONLY:
            found[known] = value
    return found


def bare_name(name: str) -> str:
    """Return an attribute's name in lower case, without the schema before it."""
    for schema in (USER, GROUP, ENTERPRISE):
        if name.lower().startswith(f"{schema.lower()}:"):
            return name[len(schema) + 1 :].lower()
    return name.lower()

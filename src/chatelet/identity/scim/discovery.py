"""What the service says of itself to a directory: features, resource types, schemas (RFC 7643, 5 to 7)."""

from typing import Any, Final

from chatelet.identity.scim.attributes import GROUP, USER

Json = dict[str, Any]
MOST_RESULTS: Final = 500
_CONFIG: Final = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
_TYPE: Final = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
_SCHEMA: Final = "urn:ietf:params:scim:schemas:core:2.0:Schema"


def service_provider_config(base: str) -> Json:
    """Return the features."""
    return {
        "schemas": [_CONFIG],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST_RESULTS},
        "changePassword": {"supported": False},
        "sort": {"supported": True},
        "etag": {"supported": True},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "The token that an administrator of this installation made, as Authorization: Bearer",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{base}/ServiceProviderConfig"},
    }


def resource_types(base: str) -> list[Json]:
    """Return the two types of resources."""
    return [
        {
            "schemas": [_TYPE],
            "id": name,
            "name": name,
            "endpoint": f"/{name}s",
            "description": description,
            "schema": schema,
            "meta": {"resourceType": "ResourceType", "location": f"{base}/ResourceTypes/{name}"},
        }
        for name, description, schema in (("User", "A person", USER), ("Group", "A group of persons", GROUP))
    ]


def schemas(base: str) -> list[Json]:
    """Return the schemas: what is kept, and nothing else."""
    return [
        {
            "schemas": [_SCHEMA],
            "id": identifier,
            "name": name,
            "description": description,
            "attributes": attributes,
            "meta": {"resourceType": "Schema", "location": f"{base}/Schemas/{identifier}"},
        }
        for identifier, name, description, attributes in (
            (USER, "User", "A person", _USER_ATTRIBUTES),
            (GROUP, "Group", "A group of persons", _GROUP_ATTRIBUTES),
        )
    ]


def _attribute(name: str, description: str, kind: str = "string", **more: Any) -> Json:
    attribute: Json = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": description,
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
    }
    if kind in {"string", "reference"}:
        attribute |= {"caseExact": False, "uniqueness": "none"}
    return attribute | more


_USER_ATTRIBUTES: Final = [
    _attribute("userName", "The name by which the directory knows the person", required=True, uniqueness="server"),
    _attribute(
        "name",
        "The parts of the name",
        "complex",
        subAttributes=[
            _attribute("formatted", "The whole name"),
            _attribute("familyName", "The family name"),
            _attribute("givenName", "The given name"),
        ],
    ),
    _attribute("displayName", "The name to show"),
    _attribute(
        "emails",
        "Addresses; the primary one, else that of work, is written to",
        "complex",
        multiValued=True,
        subAttributes=[
            _attribute("value", "The address"),
            _attribute("type", "What it is for", canonicalValues=["work", "home", "other"]),
            _attribute("primary", "Whether it is the one to write to", "boolean"),
        ],
    ),
    _attribute("active", "Whether the person may sign in", "boolean"),
    _attribute("preferredLanguage", "The language of the page: fr or en"),
    _attribute(
        "groups",
        "The groups of the person",
        "complex",
        multiValued=True,
        mutability="readOnly",
        subAttributes=[
            _attribute("value", "The identifier of the group", mutability="readOnly"),
            _attribute("$ref", "Its address", "reference", mutability="readOnly", referenceTypes=["Group"]),
            _attribute("display", "Its name", mutability="readOnly"),
            _attribute("type", "How the person is in it", mutability="readOnly", canonicalValues=["direct"]),
        ],
    ),
]
_GROUP_ATTRIBUTES: Final = [
    _attribute("displayName", "The name of the group", required=True, uniqueness="server"),
    _attribute(
        "members",
        "The persons in the group",
        "complex",
        multiValued=True,
        subAttributes=[
            _attribute("value", "The identifier of the person", mutability="immutable"),
            _attribute("$ref", "Their address", "reference", mutability="immutable", referenceTypes=["User"]),
            _attribute("type", "What they are", mutability="immutable", canonicalValues=["User"]),
        ],
    ),
]

"""By what names other systems know the caller, and the groups they are in: 'person:<…>' and 'group:<…>', folded.

    person   the address of a local account, the one that a provider vouches for, those that a directory of the whole
             installation provisions; the sign-in name in such a directory
    group    the code of a unit they belong to (or above it); a group of such a directory

A name that a delegated administrator could give themselves does not count: directories bound to a unit are left out,
and so is a code that two units have but for its case. Somebody whom nothing names is nobody.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, String, cast, exists, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from chatelet.identity.principal import DIRECTORY_ISSUER, LOCAL_ISSUER, Principal
from chatelet.identity.scim.tables import ScimClient, ScimGroup, ScimGroupMember, ScimUser
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit


def fold(name: str) -> str:
    """Return the form under which names are compared, as PostgreSQL's `lower` writes the caller's."""
    return name.strip().lower()


def aliases_of(principal: Principal) -> ColumnElement[Sequence[str]]:
    """Return the names of the caller, as an array made inside the query."""
    persons = [_person(query, principal) for query in (_local(), _vouched(), _directory_name())]
    names = [*persons, *_provisioned(principal), _codes(principal), _groups(principal)]
    return func.array(names[0].union_all(*names[1:]).scalar_subquery(), type_=ARRAY(String()))


def _local() -> Select[str]:
    return select(_named("person:", Person.email)).where(Person.issuer == LOCAL_ISSUER)


def _vouched() -> Select[str]:
    return select(_named("person:", Person.verified_email)).where(Person.verified_email.is_not(None))


def _directory_name() -> Select[str]:
    return select(_named("person:", Person.subject)).where(Person.issuer.startswith(DIRECTORY_ISSUER, autoescape=True))


def _person(query: Select[str], principal: Principal) -> Select[str]:
    return query.where(Person.id == principal.person_id)


def _provisioned(principal: Principal) -> tuple[Select[str], Select[str]]:
    """Return what directories of the whole installation say of the person: sign-in name, addresses."""
    said = (
        ScimUser.person_id == principal.person_id,
        ScimUser.deleted_at.is_(None),
        ScimClient.id == ScimUser.client_id,
        ScimClient.unit_id.is_(None),
        ScimClient.revoked_at.is_(None),
    )
    one = func.jsonb_array_elements(ScimUser.emails).table_valued("value", name="told").render_derived()
    address = cast(one.c.value, ScimUser.emails.type)["value"].astext
    addresses = select(_named("person:", address)).select_from(ScimUser).join(one, true()).join(
        ScimClient, ScimClient.id == ScimUser.client_id
    )  # fmt: skip
    return select(_named("person:", ScimUser.user_name)).where(*said), addresses.where(*said, address.is_not(None))


def _codes(principal: Principal) -> Select[str]:
    other = aliased(Unit)
    twin = exists().where(func.lower(other.code) == func.lower(Unit.code), other.id != Unit.id)
    return select(_named("group:", Unit.code)).where(Unit.id.in_(sorted(principal.units)), ~twin)


def _groups(principal: Principal) -> Select[str]:
    return (
        select(_named("group:", ScimGroup.display_name))
        .join(ScimGroupMember, ScimGroupMember.group_id == ScimGroup.id)
        .join(ScimClient, ScimClient.id == ScimGroup.client_id)
        .where(
            ScimGroupMember.person_id == principal.person_id,
            ScimClient.unit_id.is_(None),
            ScimClient.revoked_at.is_(None),
        )
    )


def _named(kind: str, name: SQLColumnExpression[str] | SQLColumnExpression[str | None]) -> ColumnElement[str]:
    return func.concat(kind, func.lower(name))

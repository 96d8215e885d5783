"""Routes of SCIM, said as SCIM says things: its media type, its errors. They describe themselves by `/Schemas`.

Authorization -> Directory (`sessions.authenticate`, as everywhere) -> a verb of `users` or `groups` -> JSON
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from chatelet.identity.current import CurrentSettings, Presented
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.scim import discovery, groups, users
from chatelet.identity.scim.attributes import ERROR
from chatelet.identity.scim.directory import Directory
from chatelet.identity.scim.failures import (
    Absent,
    InvalidSyntax,
    NotImplementedHere,
    NotOffered,
    ScimFailure,
    TooLarge,
    Unauthorised,
)
from chatelet.identity.scim.filters import is_storable
from chatelet.identity.scim.projection import Projection, read_projection
from chatelet.identity.scim.resources import Json, etag, read_group, read_user
from chatelet.identity.scim.search import listed, read_search
from chatelet.identity.scim.versions import is_named
from chatelet.identity.sessions import authenticate
from chatelet.kernel.errors import AppError, BodyTooLarge
from chatelet.kernel.http import Transaction

PREFIX: Final = "/scim/v2"
_MEDIA_TYPE: Final = "application/scim+json"
_ENDPOINTS: Final = frozenset({"Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig"})
_EVERY: Final = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class ScimRoute(APIRoute):
    """A route whose failures are SCIM's. They are raised on, so that the transaction is rolled back."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, its coded errors turned into SCIM's."""
        handle = super().get_route_handler()

        async def handle_as_scim(request: Request) -> Response:
            try:
                return await handle(request)
            except ScimFailure:
                raise
            except NotSignedIn:
                raise Unauthorised("a living bearer token of this service is required") from None
            except RequestValidationError:
                raise InvalidSyntax("a parameter is not of its type") from None
            except AppError as error:
                if error.status >= 500:
                    raise
                failure = TooLarge if isinstance(error, BodyTooLarge) else InvalidSyntax
                raise failure(error.code) from None

        return handle_as_scim


def install_scim_errors(app: FastAPI) -> None:
    """Render SCIM's failures as SCIM's errors."""

    @app.exception_handler(ScimFailure)
    async def on_failure(_request: Request, failure: ScimFailure) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _failed(failure)


router = APIRouter(prefix=PREFIX, route_class=ScimRoute, include_in_schema=False)


async def current_directory(session: Transaction, presented: Presented) -> Directory:
    """Return the directory that calls, in the request's own transaction; raise `NotSignedIn`."""
    caller = await authenticate(session, presented)
    if not isinstance(caller, Directory):
        raise NotSignedIn
    return caller


async def read_body(request: Request, _directory: "CurrentDirectory") -> Json:
    """Return the JSON object of the body; raise `InvalidSyntax`."""
    try:
        found: Any = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidSyntax("the body is no JSON") from None
    if not isinstance(found, dict) or not _is_storable(found):
        raise InvalidSyntax("the body is an object, whose texts can be stored")
    return found  # pyright: ignore[reportUnknownVariableType]


async def public_base(settings: CurrentSettings) -> str:
    """Return the address under which this service is known to a directory."""
    return f"{settings.address.rstrip('/')}{PREFIX}"


CurrentDirectory = Annotated[Directory, Depends(current_directory)]
Body = Annotated[Json, Depends(read_body)]
Base = Annotated[str, Depends(public_base)]
IfMatch = Annotated[str | None, Header(max_length=1000)]


async def asked_projection(
    attributes: str | None = None,
    excludedAttributes: str | None = None,  # noqa: N803 (SCIM's own name)
) -> Projection:
    """Return which attributes are wanted of a resource."""
    return read_projection(attributes, excludedAttributes)


Asked = Annotated[Projection, Depends(asked_projection)]


@router.get("/ServiceProviderConfig")
async def service_provider_config(_directory: CurrentDirectory, base: Base) -> Response:
    """Tell the features."""
    return _said(discovery.service_provider_config(base))


@router.get("/ResourceTypes")
async def resource_types(_directory: CurrentDirectory, base: Base) -> Response:
    """Tell the types of resources."""
    found = discovery.resource_types(base)
    return _said(listed(len(found), found, 1))


@router.get("/ResourceTypes/{name}")
async def resource_type(name: str, _directory: CurrentDirectory, base: Base) -> Response:
    """Tell a type of resource."""
    return _said(_one_of(discovery.resource_types(base), name))


@router.get("/Schemas")
async def schemas(_directory: CurrentDirectory, base: Base) -> Response:
    """Tell the schemas."""
    found = discovery.schemas(base)
    return _said(listed(len(found), found, 1))


@router.get("/Schemas/{name}")
async def schema(name: str, _directory: CurrentDirectory, base: Base) -> Response:
    """Tell a schema."""
    return _said(_one_of(discovery.schemas(base), name))


@router.get("/Users")
async def find_users(request: Request, session: Transaction, directory: CurrentDirectory, base: Base) -> Response:
    """Find persons."""
    return await _found_users(session, directory, base, dict(request.query_params))


@router.post("/Users/.search")
async def search_users(session: Transaction, directory: CurrentDirectory, body: Body, base: Base) -> Response:
    """Find persons, what is asked being in the body."""
    return await _found_users(session, directory, base, body)


@router.post("/Users")
async def create_user(
    session: Transaction, directory: CurrentDirectory, body: Body, base: Base, asked: Asked
) -> Response:
    """Make a person."""
    row = await users.create(session, directory, read_user(body))
    [shown] = await users.shown(session, directory, [row], base)
    return _said(asked.of(shown), status=201, version=row.version, location=shown["meta"]["location"])


@router.get("/Users/{user_id}")
async def read_one_user(
    user_id: str,
    session: Transaction,
    directory: CurrentDirectory,
    base: Base,
    asked: Asked,
    if_none_match: IfMatch = None,
) -> Response:
    """Return a person."""
    row = await users.access(session, directory, _identifier(user_id))
    if if_none_match is not None and is_named(if_none_match, row.version):
        return Response(status_code=304, headers={"etag": etag(row.version)})
    [shown] = await users.shown(session, directory, [row], base)
    return _said(asked.of(shown), version=row.version)


@router.put("/Users/{user_id}")
async def replace_user(
    user_id: str, session: Transaction, directory: CurrentDirectory, body: Body, base: Base, asked: Asked,
    if_match: IfMatch = None,
) -> Response:  # fmt: skip
    """Say everything of a person again."""
    row = await users.replace(session, directory, _identifier(user_id), read_user(body), if_match=if_match)
    [shown] = await users.shown(session, directory, [row], base)
    return _said(asked.of(shown), version=row.version)


@router.patch("/Users/{user_id}")
async def change_user(
    user_id: str, session: Transaction, directory: CurrentDirectory, body: Body, base: Base, asked: Asked,
    if_match: IfMatch = None,
) -> Response:  # fmt: skip
    """Change a person."""
    row = await users.change(session, directory, _identifier(user_id), body, if_match=if_match)
    [shown] = await users.shown(session, directory, [row], base)
    return _said(asked.of(shown), version=row.version)


@router.delete("/Users/{user_id}")
async def delete_user(
    user_id: str, session: Transaction, directory: CurrentDirectory, if_match: IfMatch = None
) -> Response:
    """End a person's access."""
    await users.remove(session, directory, _identifier(user_id), if_match=if_match)
    return Response(status_code=204)


@router.get("/Groups")
async def find_groups(request: Request, session: Transaction, directory: CurrentDirectory, base: Base) -> Response:
    """Find groups."""
    return await _found_groups(session, directory, base, dict(request.query_params))


@router.post("/Groups/.search")
async def search_groups(session: Transaction, directory: CurrentDirectory, body: Body, base: Base) -> Response:
    """Find groups, what is asked being in the body."""
    return await _found_groups(session, directory, base, body)


@router.post("/Groups")
async def create_group(
    session: Transaction, directory: CurrentDirectory, body: Body, base: Base, asked: Asked
) -> Response:
    """Make a group."""
    row = await groups.create(session, directory, read_group(body))
    [shown] = await groups.shown(session, [row], base, with_members=asked.wants("members"))
    return _said(asked.of(shown), status=201, version=row.version, location=shown["meta"]["location"])


@router.get("/Groups/{group_id}")
async def read_one_group(
    group_id: str, session: Transaction, directory: CurrentDirectory, base: Base, asked: Asked,
    if_none_match: IfMatch = None,
) -> Response:  # fmt: skip
    """Return a group."""
    row = await groups.access(session, directory, _identifier(group_id))
    if if_none_match is not None and is_named(if_none_match, row.version):
        return Response(status_code=304, headers={"etag": etag(row.version)})
    [shown] = await groups.shown(session, [row], base, with_members=asked.wants("members"))
    return _said(asked.of(shown), version=row.version)


@router.put("/Groups/{group_id}")
async def replace_group(
    group_id: str, session: Transaction, directory: CurrentDirectory, body: Body, base: Base, asked: Asked,
    if_match: IfMatch = None,
) -> Response:  # fmt: skip
    """Say everything of a group again."""
    row = await groups.replace(session, directory, _identifier(group_id), read_group(body), if_match=if_match)
    [shown] = await groups.shown(session, [row], base, with_members=asked.wants("members"))
    return _said(asked.of(shown), version=row.version)


@router.patch("/Groups/{group_id}")
async def change_group(
    group_id: str, session: Transaction, directory: CurrentDirectory, body: Body, base: Base, asked: Asked,
    if_match: IfMatch = None,
) -> Response:  # fmt: skip
    """Change a group: its name, who comes, who goes."""
    row = await groups.change(session, directory, _identifier(group_id), body, if_match=if_match)
    [shown] = await groups.shown(session, [row], base, with_members=asked.wants("members"))
    return _said(asked.of(shown), version=row.version)


@router.delete("/Groups/{group_id}")
async def delete_group(
    group_id: str, session: Transaction, directory: CurrentDirectory, if_match: IfMatch = None
) -> Response:
    """Delete a group."""
    await groups.remove(session, directory, _identifier(group_id), if_match=if_match)
    return Response(status_code=204)


@router.api_route("/{rest:path}", methods=_EVERY)
async def refuse_anything_else(rest: str, _directory: CurrentDirectory) -> Response:
    """Say that there is nothing here, or nothing to be done here."""
    if rest in {"", ".search", "Me", "Bulk"}:
        raise NotImplementedHere("this optional part of SCIM is not offered")
    if rest.partition("/")[0] in _ENDPOINTS:
        raise NotOffered("nothing is offered here by this method")
    raise Absent("there is nothing here")


async def _found_users(session: Transaction, directory: Directory, base: str, asked: Json) -> Response:
    search = read_search(asked, of_groups=False)
    total, found = await users.page(session, directory, search.wanted, base)
    return _said(listed(total, [search.projection.of(one) for one in found], search.start))


async def _found_groups(session: Transaction, directory: Directory, base: str, asked: Json) -> Response:
    search = read_search(asked, of_groups=True)
    with_members = search.projection.wants("members")
    total, found = await groups.page(session, directory, search.wanted, base, with_members=with_members)
    return _said(listed(total, [search.projection.of(one) for one in found], search.start))


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Absent("no such resource") from None


def _one_of(described: list[Json], name: str) -> Json:
    found = next((one for one in described if one["id"] == name), None)
    if found is None:
        raise Absent("there is nothing of this name")
    return found


def _said(body: Json, *, status: int = 200, version: int | None = None, location: str | None = None) -> Response:
    headers = {"cache-control": "no-store"}
    if version is not None:
        headers["etag"] = etag(version)
    if location is not None:
        headers["location"] = location
    return Response(msgspec.json.encode(body), status_code=status, media_type=_MEDIA_TYPE, headers=headers)


def _failed(failure: ScimFailure) -> Response:
    body: Json = {"schemas": [ERROR], "status": str(failure.status), "detail": failure.detail}
    if failure.scim_type is not None:
        body["scimType"] = failure.scim_type
    headers = {"www-authenticate": 'Bearer realm="scim"'} if failure.status == 401 else {}
    content = msgspec.json.encode(body)
    return Response(content, status_code=failure.status, media_type=_MEDIA_TYPE, headers=headers)


def _is_storable(value: Any) -> bool:
    match value:
        case str():
            return is_storable(value)
        case list():
            return all(_is_storable(one) for one in value)  # pyright: ignore[reportUnknownVariableType]
        case dict():
            return all(_is_storable(name) and _is_storable(one) for name, one in value.items())  # pyright: ignore[reportUnknownVariableType]
        case _:
            return True

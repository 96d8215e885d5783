"""Routes of the administration of providers: administrators only. Client secrets go in and never come out."""

from typing import Annotated, Any, Final, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from chatelet.audit import events, journal
from chatelet.identity.current import CurrentAdministrator, DetachedPrincipal, OpenDatabase
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import Language, Principal
from chatelet.identity.rights import Right
from chatelet.identity.single_sign_on import giving, inspector, persons, probing, providers, queries
from chatelet.identity.single_sign_on.api import OpenSingleSignOn
from chatelet.identity.single_sign_on.claims import matches
from chatelet.identity.single_sign_on.inspector import GiftLine
from chatelet.identity.single_sign_on.provider import provider_of
from chatelet.identity.single_sign_on.schemas import (
    DryRun,
    DryRunOut,
    GiftOut,
    NewProvider,
    ProviderChange,
    ProviderList,
    ProviderOut,
    ProviderProbe,
    RuleBody,
    Rules,
    SignInOut,
    SignInPage,
    SignOutManner,
)
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.tables import SignInProvider
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_Limit = Annotated[int, Query(ge=1, le=100)]
router = APIRouter(prefix="/api/admin/sign-in-providers", tags=["administration"], responses={401: _CODED, 403: _CODED})


async def detached_administrator(principal: DetachedPrincipal) -> Principal:
    """Return the caller, an administrator, without holding a transaction: a probe waits for another server."""
    if not principal.is_administrator:
        raise Forbidden(right=Right.INSTALLATION_MANAGE.value)
    return principal


@router.get("")
async def list_providers(
    session: Transaction, _administrator: CurrentAdministrator, sso: OpenSingleSignOn
) -> ProviderList:
    """List every way to sign in."""
    counts = await providers.rule_counts(session)
    items = [_out(sso, row, counts.get(row.id, 0)) for row in await queries.every(session)]
    return ProviderList(items=items, local_sign_in=sso.security.local_sign_in, after_sign_out=f"{sso.address}/")


@router.post("", status_code=201, responses={409: _CODED, 422: _CODED})
async def add_provider(
    body: NewProvider, session: Transaction, administrator: CurrentAdministrator, sso: OpenSingleSignOn
) -> ProviderOut:
    """Declare an OpenID provider."""
    return _out(sso, await providers.add(session, administrator, sso.keyring, body), 0)


@router.patch("/{provider_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def change_provider(
    provider_id: UUID,
    body: ProviderChange,
    session: Transaction,
    administrator: CurrentAdministrator,
    sso: OpenSingleSignOn,
) -> ProviderOut:
    """Change a provider; switched off, the sessions opened through it end."""
    row = await providers.change(session, administrator, sso.keyring, provider_id, body)
    sso.discovery.forget(provider_id)
    return _out(sso, row, len(await queries.rules_of(session, provider_id)))


@router.delete("/{provider_id}", status_code=204, responses={404: _CODED})
async def remove_provider(
    provider_id: UUID, session: Transaction, administrator: CurrentAdministrator, sso: OpenSingleSignOn
) -> None:
    """Forget a provider; the sessions opened through it end."""
    await providers.remove(session, administrator, provider_id)
    sso.discovery.forget(provider_id)


@router.post("/{provider_id}/probe", responses={404: _CODED})
async def probe_provider(
    provider_id: UUID,
    database: OpenDatabase,
    administrator: Annotated[Principal, Depends(detached_administrator)],
    sso: OpenSingleSignOn,
) -> ProviderProbe:
    """Ask a provider how it describes itself, now."""
    return await probing.probe(database, administrator, sso, provider_id)


@router.get("/{provider_id}/rules", responses={404: _CODED})
async def list_rules(provider_id: UUID, session: Transaction, _administrator: CurrentAdministrator) -> Rules:
    """List what the claims of a provider give."""
    await providers.find(session, provider_id)
    found = await queries.rules_of(session, provider_id)
    return Rules(rules=[_rule(rule) for rule in found])


@router.patch("/{provider_id}/rules", responses={404: _CODED, 422: _CODED})
async def change_rules(
    provider_id: UUID, body: Rules, session: Transaction, administrator: CurrentAdministrator
) -> Rules:
    """Replace what the claims of a provider give; it counts from each person's next sign-in."""
    written = await providers.write_rules(session, administrator, provider_id, body.rules)
    return Rules(rules=[_rule(rule) for rule in written])


@router.post("/{provider_id}/rules/dry-run", responses={404: _CODED, 422: _CODED})
async def try_rules(
    provider_id: UUID, body: DryRun, session: Transaction, _administrator: CurrentAdministrator
) -> DryRunOut:
    """Tell what claims would give, without giving it."""
    await providers.find(session, provider_id)
    kept = await queries.rules_of(session, provider_id)
    rules = kept if body.rules is None else providers.rules_from(body.rules)
    claims = {"sub": "", **body.claims}
    gifts = inspector.gift_lines(await giving.resolve(session, matches(rules, claims)))
    return DryRunOut(
        name=persons.name_in(claims), email=persons.email_in(claims), gifts=[_gift(gift) for gift in gifts]
    )


@router.get("/{provider_id}/sign-ins", responses={404: _CODED, 422: _CODED})
async def list_sign_ins(
    provider_id: UUID,
    session: Transaction,
    administrator: CurrentAdministrator,
    sso: OpenSingleSignOn,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    only: Literal["failed"] | None = None,
    cursor: UUID | None = None,
    limit: _Limit = 25,
) -> SignInPage:
    """List the last sign-ins: what was received, what it gave, why some were refused (login inspector)."""
    row = await providers.find(session, provider_id)
    found = await inspector.page(
        session, sso.keyring, provider_id, words=q, failed=only == "failed", before=cursor, limit=limit + 1
    )
    read = events.ProviderInspected(provider=row.code, shown=len(found[:limit]))
    await journal.record(session, read, actor=administrator.person_id)
    return SignInPage(
        items=[_sign_in(record) for record in found[:limit]],
        next_cursor=str(found[limit - 1].id) if len(found) > limit else None,
    )


def _out(sso: SingleSignOn, row: SignInProvider, rules: int) -> ProviderOut:
    provider = provider_of(row, sso.keyring)
    return ProviderOut(
        id=row.id,
        kind=cast("queries.Kind", row.kind),
        code=row.code,
        name_fr=row.name_fr,
        name_en=row.name_en,
        issuer=row.issuer,
        client_id=row.client_id,
        has_client_secret=row.client_secret_sealed is not None,
        scopes=row.scopes,
        other_origins=row.other_origins,
        ca_certificate=row.ca_certificate,
        enabled=row.enabled,
        creates_persons=row.creates_persons,
        language=cast("Language", row.language),
        sign_out=cast("SignOutManner", row.sign_out),
        position=row.position,
        rules=rules,
        return_address=sso.return_address(provider),
        sign_out_address=f"{sso.address}/api/sign-in/{row.code}/sign-out",
    )


def _rule(rule: object) -> RuleBody:
    return RuleBody.model_validate(rule, strict=False)


def _gift(gift: GiftLine) -> GiftOut:
    return GiftOut.model_validate(gift)


def _sign_in(record: inspector.Record) -> SignInOut:
    return SignInOut(
        id=record.id,
        created_at=record.created_at,
        person_id=record.person_id,
        person_name=record.person_name,
        outcome=record.outcome,
        reason=record.reason,
        claims=record.details.claims,
        gifts=[_gift(gift) for gift in record.details.gifts],
    )

"""A research as its person sees it: what was found so far, complete or not."""

from typing import cast

from chatelet.connectors.web.tiers import Tier
from chatelet.kernel.crypto import Keyring
from chatelet.policy.sensitivity import Label, Level
from chatelet.research import found
from chatelet.research.budget import Reached
from chatelet.research.found import Found
from chatelet.research.plan import Plan, Query
from chatelet.research.schemas import (
    ResearchBudget,
    ResearchCited,
    ResearchConflict,
    ResearchItem,
    ResearchLeftOut,
    ResearchLine,
    ResearchNote,
    ResearchOut,
    ResearchProposal,
    ResearchQuery,
    ResearchSection,
    ResearchSentence,
    ResearchSource,
    ResearchSourceText,
    State,
)
from chatelet.research.sealed import Asked, Note, Place, Sealer, Section, Source
from chatelet.research.tables import Research, ResearchPiece


def line(keyring: Keyring, row: Research) -> ResearchLine:
    """Return a line of the list."""
    asked = Sealer.of(keyring, row.id, row.wrapped_key).asked(row.asked_sealed)
    return ResearchLine(id=row.id, state=cast("State", row.state), question=asked.question, created_at=row.created_at)


def opened(keyring: Keyring, row: Research, pieces: list[ResearchPiece]) -> tuple[Asked, Plan, Found]:
    """Open what a research holds; no plan is an empty one."""
    sealer = Sealer.of(keyring, row.id, row.wrapped_key)
    plan = sealer.plan(row.plan_sealed) if row.plan_sealed is not None else Plan(())
    return sealer.asked(row.asked_sealed), plan, found.of(sealer, pieces)


def shown(keyring: Keyring, row: Research, pieces: list[ResearchPiece]) -> ResearchOut:
    """Return a research."""
    asked, plan, held = opened(keyring, row, pieces)
    return ResearchOut(
        id=row.id,
        state=cast("State", row.state),
        question=asked.question,
        created_at=row.created_at,
        level=Level(row.level),
        categories=Label.of(row.level, row.categories).in_order,
        where=list(asked.where),
        tiers=[Tier(one) for one in asked.tiers],
        language=asked.language,
        model=row.model_id,
        plan_by=plan.by if row.plan_sealed is not None else None,
        items=_items(plan, held),
        budget=ResearchBudget(steps=row.most_steps, seconds=row.most_seconds, tokens=row.most_tokens),
        spent=ResearchBudget(steps=row.steps, seconds=row.seconds, tokens=row.prompt_tokens + row.completion_tokens),
        reached=cast("Reached | None", row.reached),
        error=row.error_code,
        sources=[source_out(one) for _number, one in sorted(held.sources.items())],
        notes=_notes(plan, held),
        refused_quotations=sum(one.refused for one in held.notes.values()),
        conflicts=_conflicts(held),
        sections=_sections(plan, held),
        proposals=[ResearchProposal(where=one.where, words=one.words) for one in _proposed(held)],
        ended_at=row.ended_at,
        expires_at=row.expires_at,
    )


def text_of(source: Source) -> ResearchSourceText:
    """Return a source with its text."""
    return ResearchSourceText(**source_out(source).model_dump(), text=source.page.text)


def source_out(source: Source) -> ResearchSource:
    """Return a source."""
    page = source.page
    return ResearchSource(
        number=source.number,
        where=source.where,
        title=page.title,
        address=page.address,
        site=page.site,
        tier=Tier(page.tier),
        published=page.published,
        year=source.year,
        authors=list(source.authors) or [name for name in (page.author,) if name],
        licence=source.licence,
        doi=source.doi,
        retracted=source.retracted,
        abstract_only=source.abstract_only,
        wall=page.wall,
        file_page=source.file_page,
    )


def _items(plan: Plan, held: Found) -> list[ResearchItem]:
    return [
        ResearchItem(
            question=item.question,
            later=item.later,
            queries=[_query(f"{place}.{rank}", one, held) for rank, one in enumerate(item.queries)],
        )
        for place, item in enumerate(plan.items)
    ]


def _query(name: str, query: Query, held: Found) -> ResearchQuery:
    search = held.searches.get(name)
    return ResearchQuery(
        where=query.where,
        words=query.words,
        state=search.state if search else None,
        results=search.results if search else 0,
        sources=[one for one in search.sources if one in held.sources] if search else [],
        missed=search.missed if search else {},
        silent=search.silent if search else {},
        reason=search.reason if search else None,
    )


def note_out(item: int, source: Source, rank: int, note: Note) -> ResearchNote:
    """Return a note; its quotation is the source's own words."""
    return ResearchNote(
        item=item,
        source=source.number,
        rank=rank,
        start=note.start,
        end=note.end,
        quote=" ".join(source.page.text[note.start : note.end].split()),
        told=note.told,
        by=note.by,
    )


def _notes(plan: Plan, held: Found) -> list[ResearchNote]:
    return [
        note_out(place, source, rank, note)
        for place in range(len(plan.items))
        for source, rank, note in held.notes_of(place)
    ]


def _conflicts(held: Found) -> list[ResearchConflict]:
    shown_ones: list[ResearchConflict] = []
    for place, conflicts in sorted(held.conflicts.items()):
        for one in conflicts.found:
            first, second = _placed(held, place, one.first), _placed(held, place, one.second)
            if first is not None and second is not None:
                shown_ones.append(ResearchConflict(item=place, first=first, second=second, kind=one.kind, by=one.by))
    return shown_ones


def _placed(held: Found, item: int, place: Place) -> ResearchNote | None:
    notes = held.notes.get((item, place.source))
    if notes is None or place.rank >= len(notes.notes):
        return None
    return note_out(item, held.sources[place.source], place.rank, notes.notes[place.rank])


def _sections(plan: Plan, held: Found) -> list[ResearchSection]:
    places: list[int | None] = [None, *range(len(plan.items))]
    return [_section(held.sections[place]) for place in places if place in held.sections]


def _section(section: Section) -> ResearchSection:
    return ResearchSection(
        item=section.item,
        paragraphs=[
            [
                ResearchSentence(
                    text=sentence.text,
                    cited=[ResearchCited(source=one.source, start=one.start, end=one.end) for one in sentence.cited],
                )
                for sentence in paragraph
            ]
            for paragraph in section.paragraphs
        ],
        left_out=[ResearchLeftOut(text=one.text, reason=one.reason) for one in section.left_out],
        by=section.by,
    )


def _proposed(held: Found) -> tuple[Query, ...]:
    return held.proposals.queries if held.proposals is not None else ()

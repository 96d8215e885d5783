"""The scholarly desk: all services asked at once, one dead and one slow; recordings read and merged; drafts checked.

`python -m bench.sources [--recorded FOLDER]`: FOLDER holds other recorded answers, `SERVICE/*.json|xml`. Nothing leaves.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from tests.connectors.scholarly import test_references as drafts
from tests.connectors.scholarly.library import ASKING
from tests.fakes.scholarly_server import Script, running_scholarly_server

from chatelet.connectors.scholarly import desk as verbs
from chatelet.connectors.scholarly.contract import Question
from chatelet.connectors.scholarly.desk import desk_of
from chatelet.connectors.scholarly.merging import merge
from chatelet.connectors.scholarly.record import Record, SourceName
from chatelet.connectors.scholarly.recordings.reading import NAMES, recording
from chatelet.connectors.scholarly.references.checking import check
from chatelet.connectors.scholarly.references.extraction import extract
from chatelet.connectors.scholarly.services.catalogue import SERVICES
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings

_TIMES = 20
_SEARCHED: tuple[SourceName, ...] = (
    "hal", "arxiv", "openalex", "crossref", "semantic_scholar", "europe_pmc", "doaj", "theses", "istex",
)  # fmt: skip


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--recorded", type=Path)
    folder: Path | None = parser.parse_args().recorded
    await _asked()
    given = [(name, recording(file)) for name, file in NAMES]
    _merged("recordings of the project", given)
    if folder is not None:
        _merged(str(folder), list(_others(folder)))
    await _checked()


async def _asked() -> None:
    """Time a search of every service at the deadline of the settings: all well, then HAL dead and OpenAlex silent."""
    client, database = (
        Outbound(user_agent="chatelet/bench"),
        Database("postgresql://nobody@127.0.0.1:1/none", pool_size=1),
    )
    public = clear(UUID(int=1), Label(Level.PUBLIC), ceiling=Level.RESTRICTED)
    async with running_scholarly_server() as server:
        addresses = {name: server.base(name) for name in _SEARCHED}
        settings = Settings.model_validate({"scholarly": {"sources": _SEARCHED, "addresses": addresses}})
        ill: dict[SourceName, Script] = {"hal": Script(dead=True), "openalex": Script(delay=60)}
        for told, scripts, times in (("all well", {}, _TIMES), ("one dead, one slow", ill, 5)):
            server.scripts = scripts
            spent: list[float] = []
            states: dict[str, int] = {}
            for _ in range(times):
                asked = desk_of(settings, client, database)
                begun = time.perf_counter()
                found = await verbs.search(asked, Question("margin"), public)
                spent.append(time.perf_counter() - begun)
                for one in found.answers:
                    states[one.state] = states.get(one.state, 0) + 1
            print(
                f"{len(_SEARCHED)} services, {told}: median {statistics.median(spent):.2f} s, longest {max(spent):.2f} s; {states}"
            )
    await client.close()
    await database.close()


def _merged(name: str, given: list[tuple[SourceName, bytes]]) -> None:
    """Read recorded answers, and tell the works of them that are there twice under one identifier."""
    begun = time.process_time()
    read: list[list[Record]] = [SERVICES[source].parse(body, "") for source, body in given]
    works = merge(read)
    spent = time.process_time() - begun
    schemes = ("doi", "hal", "arxiv", "nnt", "pmid", "openalex")
    twice = 0
    for scheme in schemes:
        known = [value for one in works if (value := getattr(one.identifiers, scheme))]
        twice += len(known) - len(set(known))
    count, untitled = sum(map(len, read)), sum(one.title is None for records in read for one in records)
    print(
        f"{name}: {len(given)} answers, {count} records ({untitled} without a title), {len(works)} works, {twice} twice; {spent:.3f} s of CPU"
    )


def _others(folder: Path) -> Iterator[tuple[SourceName, bytes]]:
    names = {name.replace("_", ""): name for name in SERVICES}
    for path in sorted(folder.glob("*/*")):
        if path.parent.name in names and path.suffix in {".json", ".xml"}:
            yield names[path.parent.name], path.read_bytes()


async def _checked() -> None:
    """Check the drafts of the tests: invented and retracted references among real ones."""
    verdicts: dict[str, int] = {}
    begun = time.process_time()
    for draft in (drafts.APA, drafts.IEEE, drafts.LATEX, drafts.BIBTEX):
        for one in await check(extract(draft), ASKING):
            verdicts[one.verdict] = verdicts.get(one.verdict, 0) + 1
    print(f"references of four drafts: {verdicts}; {time.process_time() - begun:.3f} s of CPU")


if __name__ == "__main__":
    asyncio.run(main())

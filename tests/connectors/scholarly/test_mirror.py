"""Works kept here answer as a source does, with the network closed; loading them is journalled."""

import gzip
import json
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import text

from chatelet.commands import sources
from chatelet.connectors.scholarly import desk as verbs
from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.mirror import harvest, loading
from chatelet.connectors.scholarly.recordings.reading import recording
from chatelet.connectors.scholarly.suite import check_recordings
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance
from tests.connectors.scholarly.conftest import NewDesk
from tests.connectors.serving import Served

_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-01-01T00:00:00Z</responseDate><ListRecords>
<record><header><identifier>oai:HAL:hal-99000001v2</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title xml:lang="en">Fairness of Neural Networks at the Margin</dc:title><dc:creator>Lefèvre, Zoé</dc:creator>
<dc:date>2023-05</dc:date><dc:identifier>hal-99000001</dc:identifier>
<dc:identifier>https://hal.science/hal-99000001</dc:identifier>
<dc:identifier>https://hal.science/hal-99000001v2/file/margin.pdf</dc:identifier>
<dc:identifier>DOI: 10.5555/margin.2023.17</dc:identifier><dc:type>info:eu-repo/semantics/article</dc:type>
</oai_dc:dc></metadata></record>
<record><header status="deleted"><identifier>oai:HAL:hal-99000009</identifier></header></record>
%s</ListRecords></OAI-PMH>"""


def _file(folder: Path) -> Path:
    works = json.loads(recording("openalex.json"))["results"]
    path = folder / "works.jsonl.gz"
    lines = [*map(json.dumps, works), "not json", '{"id": "https://openalex.org/A1"}', ""]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


async def test_a_file_is_kept_and_searched_with_the_network_closed(
    database: Database, tmp_path: Path, new_desk: NewDesk, public: Clearance
) -> None:
    for _again in range(2):
        assert await loading.load(database, loading.from_openalex(_file(tmp_path)), "openalex") == 2
    desk = new_desk("mirror")
    found = await verbs.search(desk, Question("équité FAIRNESS lefevre"), public)
    assert [one.identifiers.openalex for one in found.records] == ["W9900000001"], "any word, when not all are there"
    assert "mirror" in found.records[0].sources
    exact = await verbs.search(desk, Question("silene imaginaria"), public)
    assert [one.is_retracted for one in exact.records] == [True]
    none = await verbs.search(desk, Question("silene", Filters(year_from=2020)), public)
    assert list(none.records) == []
    known = await verbs.resolve(desk, "doi:10.5555/margin.2023.17", public)
    assert [one.title for one in known.records] == ["Fairness of neural networks at the margin"]
    async with database.transaction() as session:
        told = (
            await session.scalars(text("SELECT data::text FROM journal_events WHERE name = 'works.mirrored'"))
        ).all()
    assert len(told) == 2
    assert '"works": 2' in told[0].replace(":2", ": 2")


async def test_words_are_never_a_query_language(
    database: Database, tmp_path: Path, new_desk: NewDesk, public: Clearance
) -> None:
    await loading.load(database, loading.from_openalex(_file(tmp_path)), "openalex")
    for words in ("a & | ! ( ) : * '", "';DROP TABLE mirrored_works;--", "\x00margin", "&&&", "margin:*"):
        found = await verbs.search(new_desk("mirror"), Question(words), public)
        assert [one.state for one in found.answers] == ["answered"], words


async def test_hal_is_harvested_page_by_page(database: Database, client: Outbound) -> None:
    served = Served()
    pages = iter([_PAGE % "<resumptionToken>next one</resumptionToken>", _PAGE % "<resumptionToken/>"])
    served.answer = lambda _request: web.Response(text=next(pages), content_type="text/xml")
    await served.start()
    try:
        url = f"{served.url}/oai/hal?verb=ListRecords&metadataPrefix=oai_dc&set=collection:LAB"
        works = [one async for one in harvest.harvest(client, url, Courtesy())]
    finally:
        await served.stop()
    assert [target for _method, target, _headers in served.asked] == [
        "/oai/hal?verb=ListRecords&metadataPrefix=oai_dc&set=collection%3ALAB",
        "/oai/hal?verb=ListRecords&resumptionToken=next%20one",
    ]
    assert len(works) == 2
    assert (works[0].identifiers.hal, works[0].identifiers.doi) == ("hal-99000001", "10.5555/margin.2023.17")
    assert (works[0].authors[0].family, works[0].year, works[0].kind) == ("Lefèvre", 2023, "article")
    with pytest.raises(SourceBroken):
        harvest.read(b"<html>no</html>")


def test_the_suite_reads_the_recordings(capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import Namespace

    assert all(one.is_right for one in check_recordings())
    assert sources.check(Namespace(live=False, json=True)) == 0
    assert len(json.loads(capsys.readouterr().out)) == 11

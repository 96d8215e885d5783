"""Works of two services in the words of each, and the copies of them that an institution keeps: all imagined."""

import json
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Record
from tests.connectors.scholarly.works import ALL

ASKED = "Que sait-on de l'équité des réseaux de neurones quand les données sont rares ?"
QUERY = "équité réseaux de neurones fairness neural networks"
FRENCH = "L'écart d'équité des réseaux de neurones passe de 31 à 12 points quand les données rares sont repondérées."
ENGLISH = "Pruned neural networks keep their accuracy but lose fairness on rare groups unless they are reweighted."
ANSWER = f"« {FRENCH} » [1] « {ENGLISH} » [2]".replace(" ", "_")
HAL, ARXIV = "hal-99100001", "2401.99001"

OF_HAL = json.dumps(
    {
        "response": {
            "numFound": 1,
            "start": 0,
            "docs": [
                {
                    "halId_s": HAL,
                    "uri_s": f"https://hal.science/{HAL}v1",
                    "title_s": ["Équité des réseaux de neurones à la marge"],
                    "language_s": ["fr"],
                    "authFullName_s": ["Zoé Lefèvre", "Karim Ben-Salah"],
                    "authLastName_s": ["Lefèvre", "Ben-Salah"],
                    "authFirstName_s": ["Zoé", "Karim"],
                    "publicationDateY_i": 2024,
                    "publicationDate_s": "2024-02",
                    "docType_s": "ART",
                    "journalTitle_s": "Revue imaginaire",
                    "abstract_s": [FRENCH],
                    "openAccess_bool": True,
                }
            ],
        }
    }
).encode()
OF_ARXIV = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title><id>http://arxiv.org/api/x</id>
<entry><id>http://arxiv.org/abs/{ARXIV}v1</id><title>Fairness of pruned neural networks</title>
<published>2024-01-15T10:00:00Z</published><updated>2024-01-15T10:00:00Z</updated><summary>{ENGLISH}</summary>
<author><name>Ana Søndergaard</name></author><category term="cs.LG"/>
<link href="http://arxiv.org/abs/{ARXIV}v1" rel="alternate" type="text/html"/></entry></feed>""".encode()

OF_OAI = f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate><ListRecords>
<record><header><identifier>oai:HAL:{HAL}v1</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title xml:lang="fr">Équité des réseaux de neurones à la marge</dc:title><dc:creator>Lefèvre, Zoé</dc:creator>
<dc:creator>Ben-Salah, Karim</dc:creator><dc:date>2024-02</dc:date><dc:identifier>{HAL}</dc:identifier>
<dc:identifier>https://hal.science/{HAL}</dc:identifier><dc:description xml:lang="fr">{FRENCH}</dc:description>
<dc:type>info:eu-repo/semantics/article</dc:type></oai_dc:dc></metadata></record></ListRecords></OAI-PMH>""".encode()


def of_openalex() -> str:
    """Return a line of OpenAlex's files: the paper of arXiv, its abstract inverted."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(ENGLISH.split()):
        places.setdefault(word, []).append(place)
    work = {
        "id": "https://openalex.org/W9910000001",
        "doi": f"https://doi.org/10.48550/arxiv.{ARXIV}",
        "title": "Fairness of pruned neural networks",
        "type": "preprint",
        "publication_year": 2024,
        "publication_date": "2024-01-15",
        "authorships": [{"author": {"display_name": "Ana Søndergaard"}}],
        "abstract_inverted_index": places,
        "primary_location": {"landing_page_url": f"https://arxiv.org/abs/{ARXIV}"},
    }
    return json.dumps(work)


def as_crossref(target: str) -> bytes | None:
    """Answer as Crossref does, from a library of works: one DOI, or the nearest to some words, whatever they are."""
    path, asked = urlsplit(target).path, parse_qs(urlsplit(target).query)
    if (words := asked.get("query.bibliographic")) is not None:
        wanted = set(folded(words[0]).split())
        nearest = sorted(ALL, key=lambda one: -_shared(one, wanted))[: int(asked["rows"][0])]
        return json.dumps({"status": "ok", "message": {"items": [_crossref(one) for one in nearest]}}).encode()
    doi = unquote(path.removeprefix("/works/")).lower()
    found = next((one for one in ALL if one.identifiers.doi == doi), None)
    return json.dumps({"status": "ok", "message": _crossref(found)}).encode() if found else None


def _shared(record: Record, wanted: set[str]) -> float:
    own = set(folded(f"{record.title} {' '.join(one.name for one in record.authors)} {record.year}").split())
    return len(own & wanted) / (len(own | wanted) or 1)


def _crossref(record: Record) -> dict[str, Any]:
    doi = record.identifiers.doi or f"10.5555/{folded(record.title or '').replace(' ', '')[:30]}"
    notices = [
        {"type": one.kind, "DOI": f"{doi}-notice", "updated": {"date-parts": [[2010, 2, 6]]}} for one in record.notices
    ]
    return {
        "DOI": doi,
        "type": "book" if record.kind == "book" else "journal-article",
        "title": [record.title],
        "author": [{"given": one.given, "family": one.family} for one in record.authors],
        "container-title": [record.venue],
        "issued": {"date-parts": [[record.year]]},
        "updated-by": notices,
    }

"""Every table is claimed by one domain's personal data, or declared free of it here, with the reason."""

import ast
from importlib import import_module

from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.architecture.sources import PACKAGE
from tests.privacy import traces

_FREE = {
    "backends": "servers of models",
    "usage_months": "sums of units by month, told from five persons up",
    "units": "the tree of the institution",
    "literacy_months": "how often the path on using a model well was followed, by unit and month: never by whom",
    "inclusive_rules": "what units decided of inclusive writing",
    "roles": "named sets of rights",
    "mail_words": "words of messages",
    "import_units": "lines of an import, gone before its transaction ends",
    "import_persons": "lines of an import, gone before its transaction ends",
    "import_accounts": "lines of an import, gone before its transaction ends",
    "scim_clients": "directories that provision: names, issuers, hashes of tokens",
    "scim_groups": "names of the groups of a directory, and what they lead to",
    "models": "models as offered to people",
    "sign_in_providers": "ways to sign in, declared by administrators",
    "sign_in_directories": "where directories are and how they are read, declared by administrators",
    "claim_rules": "what claims give, written by administrators",
    "sign_in_flows": "hashes of sign-ins under way: of nobody known yet, gone in ten minutes",
    "spent_tokens": "hashes of logout tokens already used",
    "deletion_certificates": "figures of what was destroyed; a person is a hash that only they can make again",
    "disk_cleanings": "when what was deleted left the disk of the database: names of tables, figures",
    "destroyed": "fingerprints of identifiers of what is no more: of nobody that any table still names",
    "installation": "the hash of the one-time secret of the first administrator",
    "source_items": "entries of a place: paths and marks, gone with their source",
    "passages": "made from documents, leave with them: exported and erased as documents",
    "passage_terms": "words of passages, leave with them",
    "passage_windows": "vectors of passages, leave with them",
    "vector_models": "names of models, by level",
    "document_uses": "how often a document was given to answers in a month: neither whose nor about what",
    "collection_questions": "how many questions a collection had in a month, and could not answer",
    "term_statistics": "how many passages of a collection hold a term",
    "collection_statistics": "how many passages a collection has",
    "added_levels": "codes of levels that the institution added",
    "mirrored_works": "what is published of published works; nobody of the installation",
    "journal_forwarding": "how far collectors were given the journal: numbers and a failure's code",
    "egress_counts": "hosts contacted, summed by day: no path, no word, nobody",
    "health_probes": "a row written and removed at once by /api/health/ready",
    "schema_version": "Alembic's revision",
    "pgqueuer": "jobs to be done: identifiers only, removed once done",
    "pgqueuer_log": "numbers of jobs done",
    "pgqueuer_schedules": "times of routines",
    "pgqueuer_statistics": "how many jobs ended how",
}
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


async def test_every_table_is_claimed_once_or_free(owner_database: Database) -> None:
    claimed: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("personal_data.py")):
        domain = path.relative_to(PACKAGE).parts[0]
        if domain != "kernel":
            for table in import_module(f"chatelet.{domain}.personal_data").TABLES:
                claimed.setdefault(table, []).append(domain)
    async with owner_database.transaction() as session:
        present = set((await session.scalars(text(_TABLES))).all())
    assert not {table: domains for table, domains in claimed.items() if len(domains) > 1}
    assert not set(claimed) & set(_FREE)
    assert present - set(claimed) - set(_FREE) == set(), "claim it in personal_data.py, or say here why it is free"
    assert set(claimed) | set(_FREE) == present, "this table is no more"


def test_no_column_names_a_person_in_a_table_that_nobody_erases() -> None:
    naming = {column.split(".")[0] for column in traces.columns_naming_persons()}
    assert naming - traces.claimed() == set(), "claim the table, and empty the column or delete the row"


def test_an_erasure_asks_every_domain_and_identity_last() -> None:
    domains = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("personal_data.py")} - {"kernel"}
    found = ast.parse((PACKAGE / "holdings.py").read_text("utf-8"))
    [order] = [
        [str(key.value) for key in node.value.keys if isinstance(key, ast.Constant)]
        for node in ast.walk(found)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Dict)
    ]
    assert set(order) == domains
    assert order[-1] == "identity", "others' rows refer to the person"

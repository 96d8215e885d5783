"""Where the lines of a table wait while they are checked as sets; gone before the transaction ends, unseen.

Ordinary tables, not temporary ones: the application's role may make no table of its own. `batch` is the import.
"""

from sqlalchemy import Boolean, Column, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from chatelet.kernel.database import Base

IMPORT_UNITS = Table(
    "import_units",
    Base.metadata,
    Column("batch", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("parent_id", Uuid),
    Column("path", ARRAY(Uuid), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_new", Boolean, nullable=False),
    prefixes=["UNLOGGED"],
)
IMPORT_PERSONS = Table(
    "import_persons",
    Base.metadata,
    Column("batch", Uuid, primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text),
    Column("email", Text),
    Column("name", Text, nullable=False),
    Column("language", Text),
    Column("state", Text),
    Column("unit_id", Uuid),
    Column("role_id", Uuid),
    Column("is_new", Boolean, nullable=False),
    Column("main_id", Uuid),
    Column("is_held", Boolean, nullable=False),
    prefixes=["UNLOGGED"],
)
IMPORT_ACCOUNTS = Table(
    "import_accounts",
    Base.metadata,
    Column("batch", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("email", Text),
    Column("name", Text, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("words", ARRAY(Text), nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    prefixes=["UNLOGGED"],
)

"""Every table of the product, imported once so that the metadata is whole (migrations, tests)."""

from chatelet.audit import tables as audit_tables
from chatelet.conversations import tables as conversations_tables
from chatelet.identity import tables as identity_tables
from chatelet.identity.imports import tables as imports_tables
from chatelet.identity.roles import tables as roles_tables
from chatelet.identity.scim import tables as scim_tables
from chatelet.identity.units import tables as units_tables
from chatelet.inference import tables as inference_tables
from chatelet.kernel.database import Base

DOMAINS = (
    audit_tables, identity_tables, units_tables, roles_tables, scim_tables, imports_tables, inference_tables,
    conversations_tables,
)  # fmt: skip
METADATA = Base.metadata

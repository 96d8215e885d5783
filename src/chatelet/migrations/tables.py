"""Every table of the product, imported once so that the metadata is whole (migrations, tests)."""

from chatelet.adoption.charter import tables as charter_tables
from chatelet.adoption.cohorts import tables as cohorts_tables
from chatelet.adoption.literacy import tables as literacy_tables
from chatelet.audit import tables as audit_tables
from chatelet.audit.forwarding import tables as forwarding_tables
from chatelet.connectors.scholarly.mirror import tables as mirror_tables
from chatelet.connectors.web import tables as web_tables
from chatelet.conversations import tables as conversations_tables
from chatelet.conversations.snapshots import tables as snapshot_tables
from chatelet.documents.files import tables as files_tables
from chatelet.identity import tables as identity_tables
from chatelet.identity.acts import tables as acts_tables
from chatelet.identity.directory_sign_in import tables as directory_tables
from chatelet.identity.imports import tables as imports_tables
from chatelet.identity.keys import tables as keys_tables
from chatelet.identity.roles import tables as roles_tables
from chatelet.identity.scim import tables as scim_tables
from chatelet.identity.single_sign_on import tables as single_sign_on_tables
from chatelet.identity.units import tables as units_tables
from chatelet.inference import tables as inference_tables
from chatelet.inference.consumption import tables as consumption_tables
from chatelet.kernel.database import Base
from chatelet.knowledge import tables as knowledge_tables
from chatelet.knowledge.engines import tables as index_tables
from chatelet.knowledge.papers import tables as paper_tables
from chatelet.knowledge.sources import tables as source_tables
from chatelet.policy.egress import tables as egress_tables
from chatelet.policy.levels import tables as level_tables
from chatelet.policy.quotas import tables as quota_tables
from chatelet.policy.retention import tables as retention_tables
from chatelet.policy.rules import tables as rule_tables
from chatelet.privacy.break_glass import tables as reading_tables
from chatelet.privacy.certificates import tables as certificate_tables
from chatelet.privacy.destroyed import tables as destroyed_tables
from chatelet.privacy.disk import tables as disk_tables
from chatelet.privacy.governance import tables as governance_tables
from chatelet.privacy.reports import tables as report_tables
from chatelet.privacy.retention import tables as idle_tables
from chatelet.privacy.rights import tables as request_tables
from chatelet.research import tables as research_tables
from chatelet.writing import tables as writing_tables

PROVISIONED = (single_sign_on_tables, directory_tables, scim_tables, imports_tables)
IDENTITY = (identity_tables, units_tables, roles_tables, keys_tables, acts_tables, *PROVISIONED)
ADOPTION = (charter_tables, cohorts_tables, literacy_tables)
OFFICERS = (report_tables, reading_tables, governance_tables)
PRIVACY = (certificate_tables, request_tables, idle_tables, destroyed_tables, disk_tables, *OFFICERS)
DOCUMENTS = (files_tables, mirror_tables, knowledge_tables, paper_tables, source_tables, index_tables)
MODELS = (inference_tables, consumption_tables)
POLICY = (quota_tables, retention_tables, egress_tables, rule_tables, level_tables)
WORDS = (conversations_tables, snapshot_tables, web_tables, writing_tables, research_tables)
DOMAINS = (audit_tables, forwarding_tables, *IDENTITY, *POLICY, *MODELS, *DOCUMENTS, *WORDS, *ADOPTION, *PRIVACY)
METADATA = Base.metadata

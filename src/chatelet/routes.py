"""Every module with routes, first those asked for most: a request tries them in this order."""

from typing import Final

from chatelet.adoption import admin as adoption_admin
from chatelet.adoption.charter import admin as charter_admin
from chatelet.adoption.charter import api as charter_api
from chatelet.adoption.cohorts import admin as cohorts_admin
from chatelet.adoption.cohorts import api as cohorts_api
from chatelet.adoption.literacy import api as literacy_api
from chatelet.chat import api as chat_api
from chatelet.chat.drafts import api as drafts_api
from chatelet.chat.policies import admin as policies_admin
from chatelet.chat.pseudonyms import api as pseudonyms_api
from chatelet.chat.v1 import api as public_api
from chatelet.chat.web import api as web_api
from chatelet.connectors.scholarly import api as scholarly_api
from chatelet.connectors.web import admin as web_admin
from chatelet.conversations import api as conversations_api
from chatelet.conversations.declarations import api as declarations_api
from chatelet.conversations.snapshots import api as snapshots_api
from chatelet.documents.files import api as files_api
from chatelet.identity import admin as identity_admin
from chatelet.identity import api as identity_api
from chatelet.identity.acts import admin as acts_admin
from chatelet.identity.directory_sign_in import admin as directory_admin
from chatelet.identity.directory_sign_in import api as directory_api
from chatelet.identity.imports import admin as imports_admin
from chatelet.identity.keys import admin as keys_admin
from chatelet.identity.keys import api as keys_api
from chatelet.identity.roles import admin as roles_admin
from chatelet.identity.scim import admin as scim_admin
from chatelet.identity.scim import api as scim_api
from chatelet.identity.single_sign_on import admin as sign_in_admin
from chatelet.identity.single_sign_on import api as sign_in_api
from chatelet.identity.units import admin as units_admin
from chatelet.inference import admin as inference_admin
from chatelet.inference import api as inference_api
from chatelet.inference.consumption import admin as usage_admin
from chatelet.inference.consumption import api as usage_api
from chatelet.kernel import health
from chatelet.knowledge import api as knowledge_api
from chatelet.knowledge.papers import api as papers_api
from chatelet.knowledge.sources import admin as places_admin
from chatelet.knowledge.sources import api as sources_api
from chatelet.policy.egress import admin as egress_admin
from chatelet.policy.quotas import admin as quotas_admin
from chatelet.policy.quotas import api as quotas_api
from chatelet.policy.retention import admin as retention_admin
from chatelet.policy.retention import api as retention_api
from chatelet.privacy import admin as privacy_admin
from chatelet.privacy import api as privacy_api
from chatelet.privacy.break_glass import admin as break_glass_admin
from chatelet.privacy.break_glass import api as break_glass_api
from chatelet.privacy.governance import admin as governance_admin
from chatelet.privacy.reports import admin as reports_admin
from chatelet.privacy.reports import api as reports_api
from chatelet.research import api as research_api
from chatelet.writing import api as writing_api
from chatelet.writing.drafting import api as drafting_api
from chatelet.writing.glossaries import api as glossaries_api
from chatelet.writing.inclusion import api as inclusion_api
from chatelet.writing.manuscripts import api as manuscripts_api
from chatelet.writing.papers import api as compared_api
from chatelet.writing.related import api as related_api
from chatelet.writing.summary import api as summary_api

ROUTES: Final = (
    chat_api,
    public_api,
    conversations_api,
    identity_api,
    identity_admin,
    acts_admin,
    sign_in_api,
    sign_in_admin,
    directory_api,
    directory_admin,
    keys_api,
    keys_admin,
    units_admin,
    roles_admin,
    scim_api,
    scim_admin,
    imports_admin,
    quotas_api,
    quotas_admin,
    egress_admin,
    usage_api,
    usage_admin,
    inference_api,
    inference_admin,
    knowledge_api,
    papers_api,
    compared_api,
    sources_api,
    places_admin,
    scholarly_api,
    files_api,
    snapshots_api,
    declarations_api,
    drafts_api,
    policies_admin,
    web_api,
    web_admin,
    pseudonyms_api,
    writing_api,
    glossaries_api,
    drafting_api,
    summary_api,
    inclusion_api,
    manuscripts_api,
    related_api,
    research_api,
    retention_api,
    retention_admin,
    privacy_api,
    privacy_admin,
    break_glass_api,
    break_glass_admin,
    governance_admin,
    reports_api,
    reports_admin,
    adoption_admin,
    charter_api,
    charter_admin,
    cohorts_api,
    cohorts_admin,
    literacy_api,
    health,
)

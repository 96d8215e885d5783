"""The jobs of an installation, and its routines with their hours: what happens without anybody asking."""

from datetime import timedelta
from uuid import UUID

from chatelet.adoption.cohorts import tasks as cohorts_tasks
from chatelet.adoption.cohorts.inviting import MAIL_JOB, ask_again
from chatelet.chat import tasks as chat_tasks
from chatelet.chat.services import ChatServices
from chatelet.conversations import tasks as conversations_tasks
from chatelet.documents.files import service as files
from chatelet.documents.files import tasks as files_tasks
from chatelet.identity import service as identity
from chatelet.identity.acts import running as acts_running
from chatelet.identity.acts import service as acts
from chatelet.identity.directory_sign_in import renewal as directory_renewal
from chatelet.identity.single_sign_on import sign_out
from chatelet.identity.single_sign_on.renewal import check_due
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.inference.consumption import tasks as usage_tasks
from chatelet.kernel.jobs import Jobs, Payload
from chatelet.kernel.mail import Mailer
from chatelet.knowledge import indexing, search_server
from chatelet.knowledge import tasks as knowledge_tasks
from chatelet.knowledge.papers import fetching as papers_fetching
from chatelet.knowledge.papers import service as papers
from chatelet.knowledge.papers.services import PaperServices
from chatelet.knowledge.sources import service as sources
from chatelet.knowledge.sources import tasks as sources_tasks
from chatelet.knowledge.sources.services import SourceServices
from chatelet.policy.egress import keeping
from chatelet.policy.quotas import holding
from chatelet.privacy import tasks as privacy_tasks
from chatelet.privacy.break_glass import tasks as break_glass_tasks
from chatelet.privacy.destroyed import ledger
from chatelet.privacy.retention import expiry, idle
from chatelet.privacy.rights import service as rights
from chatelet.privacy.services import PrivacyServices
from chatelet.research import tasks as research_tasks
from chatelet.research.running import RESEARCH
from chatelet.research.services import ResearchServices
from chatelet.writing.services import WritingServices
from chatelet.writing.works import service as works
from chatelet.writing.works import tasks as works_tasks


def jobs_of(
    chat: ChatServices,
    sso: SingleSignOn,
    privacy: PrivacyServices,
    followed: SourceServices,
    research: ResearchServices,
) -> Jobs:
    """Return the jobs and routines of an installation, not yet started."""
    jobs = Jobs(chat.database.connect)
    jobs.handle(chat_tasks.TITLE, lambda payload: chat_tasks.title(chat, payload))
    jobs.handle(chat_tasks.SUMMARY, lambda payload: chat_tasks.summarise(chat, payload))
    jobs.handle(acts.JOB, lambda payload: acts_running.run(chat.database, payload))
    _documents(jobs, chat)
    _sources(jobs, followed)
    _works(jobs, research.writing)
    _researches(jobs, research)
    _mail(jobs, chat)
    _privacy(jobs, privacy)
    _every(jobs, chat, sso)
    return jobs


def _documents(jobs: Jobs, chat: ChatServices) -> None:
    """Files read then, when a collection holds them, indexed; what was deleted, and what nobody came to use."""
    services, gateway = chat.documents, chat.gateway

    async def read_file(payload: Payload) -> None:
        await files_tasks.read_file(services, payload)
        await knowledge_tasks.index(services, gateway, payload)

    jobs.handle(files.READ, read_file)
    jobs.handle(files.DELETE_BLOBS, lambda payload: files_tasks.delete_blobs(services, payload))
    jobs.handle(indexing.INDEX, lambda payload: knowledge_tasks.index(services, gateway, payload))
    kept = PaperServices(services, chat.web.pages, chat.scholarly)
    jobs.handle(papers.FETCH, lambda payload: papers_fetching.fetch(kept, payload), at_once=2)
    jobs.every("*/2 * * * *", "keep_index", lambda: knowledge_tasks.keep(services))
    if services.settings.search.engine == "opensearch":
        jobs.handle(search_server.MIRROR, lambda payload: search_server.mirror(services, UUID(payload["version"])))
        jobs.every("*/5 * * * *", "keep_search_server", lambda: search_server.reconcile(services))
    jobs.every("* * * * *", "keep_vectors", lambda: knowledge_tasks.keep_vectors(services, gateway))
    jobs.every("29 3 * * *", "check_orphans", lambda: knowledge_tasks.check_orphans(services))
    jobs.every("17 * * * *", "read_not_examined", lambda: files_tasks.read_not_examined(services))
    jobs.every("37 * * * *", "purge_abandoned_files", lambda: files_tasks.purge_abandoned(services))


def _privacy(jobs: Jobs, services: PrivacyServices) -> None:
    """Forget each hour what is over (temporary conversations live a day); look for idle accounts at night."""
    jobs.handle(rights.ARCHIVE_JOB, lambda payload: privacy_tasks.write_archive(services, payload))
    jobs.handle(rights.ERASE_JOB, lambda payload: privacy_tasks.erase_person(services, payload))
    jobs.every("* * * * *", "go_on_with_readings", lambda: break_glass_tasks.go_on(services))
    jobs.every("7 * * * *", "apply_retention", lambda: expiry.apply(services))
    jobs.every("41 4 * * *", "idle_accounts", lambda: idle.run(services))
    jobs.every("53 4 * * *", "forget_destructions", lambda: ledger.forget_old(services))
    jobs.every("*/30 * * * *", "go_on_with_requests", lambda: rights.go_on(services))


def _sources(jobs: Jobs, services: SourceServices) -> None:
    """Places that collections follow."""
    jobs.handle(sources.FOLLOW, lambda payload: sources_tasks.follow(services, payload), at_once=sources_tasks.AT_ONCE)
    jobs.every("* * * * *", "ask_due_sources", lambda: sources_tasks.ask_due(services))


def _works(jobs: Jobs, services: WritingServices) -> None:
    """Works of the writing desk; those whose process was killed are gone on with within the minute."""
    jobs.handle(works.WRITE, lambda payload: works_tasks.write(services, payload), at_once=works_tasks.AT_ONCE)
    jobs.every("* * * * *", "wake_works", lambda: works_tasks.wake(services))
    jobs.every("53 * * * *", "purge_works", lambda: works_tasks.purge(services))


def _researches(jobs: Jobs, services: ResearchServices) -> None:
    """Deep researches; those whose process was killed are gone on with within the minute."""
    jobs.handle(RESEARCH, lambda payload: research_tasks.research(services, payload), at_once=research_tasks.AT_ONCE)
    jobs.every("* * * * *", "wake_researches", lambda: research_tasks.wake(services))
    jobs.every("57 * * * *", "purge_researches", lambda: research_tasks.purge(services))


def _mail(jobs: Jobs, chat: ChatServices) -> None:
    """E-mail, where a server is declared; without one, nothing waits for it."""
    mailer = Mailer(chat.settings.mail, address=chat.settings.address)
    if not mailer.is_configured:
        return

    async def send_message(payload: Payload) -> None:
        await cohorts_tasks.send_message(chat.database, mailer, chat.settings, payload)

    async def send_again() -> None:
        async with chat.database.transaction() as session:
            await ask_again(session)

    jobs.handle(MAIL_JOB, send_message)
    jobs.every("*/15 * * * *", "send_again", send_again)


def _every(jobs: Jobs, chat: ChatServices, sso: SingleSignOn) -> None:
    undo = timedelta(seconds=chat.settings.chat.undo_seconds)

    async def purge_sessions() -> None:
        async with chat.database.transaction() as session:
            await identity.purge_expired(session)

    async def check_provider_sessions() -> None:
        await check_due(chat.database, sso)

    async def check_directory_sessions() -> None:
        await directory_renewal.check_due(chat.database, sso)

    async def purge_sign_outs() -> None:
        async with chat.database.transaction() as session:
            await sign_out.purge(session)

    async def let_quotas_go() -> None:
        async with chat.database.driver_transaction() as connection:
            await holding.let_go(connection)

    async def forget_exits() -> None:
        await keeping.forget_old(chat.database)

    async def refresh_usage() -> None:
        await usage_tasks.refresh_months(chat.database, chat.settings.usage.time_zone)

    jobs.every("* * * * *", "purge_deleted", lambda: conversations_tasks.purge_deleted(chat.database, undo))
    jobs.every("* * * * *", "check_provider_sessions", check_provider_sessions)
    jobs.every("* * * * *", "check_directory_sessions", check_directory_sessions)
    jobs.every("*/5 * * * *", "purge_sign_outs", purge_sign_outs)
    jobs.every("*/10 * * * *", "let_quotas_go", let_quotas_go)
    jobs.every("47 2 * * *", "refresh_usage", refresh_usage)
    jobs.every("11 3 * * *", "forget_exits", forget_exits)
    jobs.every("17 3 * * *", "prepare_partitions", lambda: conversations_tasks.prepare_partitions(chat.database))
    jobs.every("23 * * * *", "purge_sessions", purge_sessions)

"""Every event the journal knows: a closed union. `docs/reference/journal-events.md` is made from it.

Use: `await journal.record(session, events.ConversationDeleted(conversation_id=…), actor=person_id)`.
"""

from typing import Final, get_args

from chatelet.audit.facts.adoption import (
    ActivationRefused,
    CharterAccepted,
    CharterExported,
    CharterPublished,
    CharterWithdrawn,
    CodesMade,
    CohortChanged,
    UnitOpened,
    VolunteerActivated,
    VolunteerChanged,
    VolunteersAdded,
    VolunteersChosen,
    VolunteersMailed,
    WordsChanged,
)
from chatelet.audit.facts.backups import BackupMade, BackupRestored, BackupsPruned
from chatelet.audit.facts.directories import (
    DirectoryConnected,
    DirectoryGroupMapped,
    DirectoryRevoked,
    PersonsImported,
    UnitsImported,
)
from chatelet.audit.facts.documents import (
    CollectionChanged,
    CollectionConsulted,
    CollectionShared,
    DocumentChanged,
    DocumentIndexed,
    FileDeleted,
    FileOpened,
    FileRead,
    FileReceived,
    FileStopped,
    OrphansChecked,
    PlaceChanged,
    SourceChanged,
    SourceRan,
    VectorModelChanged,
    WorksMirrored,
)
from chatelet.audit.facts.governance import (
    ContentOpened,
    FileGenerated,
    PolicyDrafted,
    PolicyPublished,
    PolicyTried,
    ReadingAsked,
    ReadingDecided,
    ReadingEnded,
    ReadingTold,
)
from chatelet.audit.facts.installation import (
    BackendChanged,
    BackendProbed,
    JournalConsulted,
    JournalExported,
    JournalKeyChanged,
    JournalPurged,
    JournalRewound,
    MigrationApplied,
    ModelChanged,
    ProviderChanged,
    ProviderInspected,
    ProviderProbed,
    ServiceStarted,
    ServiceStopped,
)
from chatelet.audit.facts.keys import (
    ApiExchange,
    ExchangePseudonymised,
    ExchangeScreened,
    KeyMade,
    KeyRefused,
    KeyRevoked,
    KeyRotated,
    KeyTakenOver,
)
from chatelet.audit.facts.leaving import ExitErasureBegun, ExitExported
from chatelet.audit.facts.persons import (
    AccessRefused,
    AdministratorFirst,
    AdministratorFirstRefused,
    AdministratorGranted,
    AdministratorWithdrawn,
    EmergencyArmed,
    EmergencyOpened,
    EmergencyRefused,
    InvitationAccepted,
    InvitationMade,
    InvitationRefused,
    InvitationWithdrawn,
    PasswordChanged,
    PersonChanged,
    PersonCreated,
    PersonDisabled,
    PersonEnabled,
    PersonErased,
    PersonExported,
    PersonsActed,
    PersonsExported,
    RightsFromClaims,
    SessionClosed,
    SessionOpened,
    SignInRefused,
)
from chatelet.audit.facts.privacy import (
    DeletionCertified,
    DiskCleaned,
    ExportOpened,
    IdleNoticed,
    RequestClosed,
    RequestMade,
    RequestsRead,
    RetentionChosen,
    RetentionLifted,
    RetentionSet,
)
from chatelet.audit.facts.quotas import QuotaLifted, QuotaRefused, QuotaSet
from chatelet.audit.facts.research import (
    ResearchAsked,
    ResearchChanged,
    ResearchClosed,
    ResearchConfirmed,
    ResearchPublished,
    ResearchQueried,
    ResearchRead,
)
from chatelet.audit.facts.sensitivity import (
    AnswerScreened,
    FileQuarantined,
    LevelAdded,
    LevelLowered,
    LevelRaised,
    LevelRemoved,
    MarkingRefused,
    SafeguardAnswered,
    SafeguardContested,
    SafeguardsRead,
    WordsPseudonymised,
)
from chatelet.audit.facts.turns import (
    ConversationCreated,
    ConversationDeleted,
    ConversationExported,
    ConversationImported,
    ConversationPurged,
    ConversationRestored,
    TurnClosed,
    TurnOpened,
    TurnRefused,
    TurnRouted,
    WebQueried,
    WebRead,
    WebSiteChanged,
    WorksQueried,
    WorksRead,
)
from chatelet.audit.facts.units import (
    MembershipGiven,
    MembershipRemoved,
    RoleChanged,
    RoleCreated,
    RoleDeleted,
    RoleGranted,
    RoleWithdrawn,
    UnitChanged,
    UnitCreated,
    UnitDeleted,
    UnitMerged,
    UnitMoved,
)
from chatelet.audit.facts.usage import UsageExported
from chatelet.audit.facts.writing import (
    GlossaryChanged,
    InclusiveRuleSet,
    PapersPseudonymised,
    PapersRead,
    TemplateChanged,
    WorkAsked,
    WorkChanged,
    WorkClosed,
    WorkOpened,
    WorkPseudonymised,
    WorkPublished,
)

Event = (
    TurnOpened | TurnRouted | TurnRefused | TurnClosed | WebQueried | WebRead
    | WorksQueried | WorksRead | PapersRead | PapersPseudonymised
    | WebSiteChanged
    | SessionOpened | SessionClosed | SignInRefused
    | PersonCreated | PersonChanged | PersonDisabled | PersonEnabled | PersonExported | PersonErased | PasswordChanged
    | PersonsExported | PersonsActed
    | AdministratorFirst | AdministratorFirstRefused | AdministratorGranted | AdministratorWithdrawn
    | UnitCreated | UnitChanged | UnitMoved | UnitMerged | UnitDeleted | MembershipGiven | MembershipRemoved
    | RoleCreated | RoleChanged | RoleDeleted | RoleGranted | RoleWithdrawn
    | DirectoryConnected | DirectoryRevoked | DirectoryGroupMapped | UnitsImported | PersonsImported
    | InvitationMade | InvitationAccepted | InvitationWithdrawn | InvitationRefused
    | ConversationCreated | ConversationDeleted | ConversationRestored | ConversationPurged | ConversationExported
    | ConversationImported | LevelRaised | LevelLowered | LevelAdded | LevelRemoved | MarkingRefused
    | FileReceived | FileRead | FileStopped | FileOpened | FileDeleted | FileQuarantined | WordsPseudonymised
    | AnswerScreened | SafeguardContested | SafeguardAnswered | SafeguardsRead
    | CollectionChanged | CollectionShared | CollectionConsulted | DocumentChanged | DocumentIndexed
    | VectorModelChanged | WorksMirrored
    | PlaceChanged | SourceChanged | SourceRan | OrphansChecked
    | ResearchAsked | ResearchConfirmed | ResearchQueried | ResearchRead | ResearchChanged | ResearchClosed
    | WorkAsked | WorkPseudonymised | WorkChanged | WorkOpened | WorkClosed | GlossaryChanged | TemplateChanged
    | InclusiveRuleSet | WorkPublished | ResearchPublished
    | CharterPublished | CharterWithdrawn | CharterAccepted | CharterExported
    | CohortChanged | VolunteersAdded | VolunteersChosen | VolunteersMailed | VolunteerChanged | VolunteerActivated
    | CodesMade | ActivationRefused | UnitOpened | WordsChanged
    | RetentionSet | RetentionLifted | RetentionChosen | DeletionCertified | DiskCleaned | IdleNoticed
    | RequestMade | RequestClosed | RequestsRead | ExportOpened
    | ReadingAsked | ReadingDecided | ReadingTold | ContentOpened | ReadingEnded
    | PolicyDrafted | PolicyPublished | PolicyTried | FileGenerated
    | QuotaSet | QuotaLifted | QuotaRefused | UsageExported
    | RightsFromClaims | EmergencyArmed | EmergencyOpened | EmergencyRefused
    | KeyMade | KeyRotated | KeyRevoked | KeyTakenOver | KeyRefused | ApiExchange
    | ExchangeScreened | ExchangePseudonymised
    | BackendChanged | BackendProbed | ModelChanged | ProviderChanged | ProviderProbed | ProviderInspected
    | AccessRefused
    | JournalPurged | JournalRewound | JournalKeyChanged | JournalExported | JournalConsulted
    | ServiceStarted | ServiceStopped | MigrationApplied
    | BackupMade | BackupsPruned | BackupRestored | ExitExported | ExitErasureBegun
)  # fmt: skip

EVENTS: Final[dict[str, type[Event]]] = {kind.name: kind for kind in get_args(Event)}

/** The shapes that cross the wire, by the names the page uses; all of them come from the server's OpenAPI document. */
import type { components } from "./generated/schema";

type Schemas = components["schemas"];

export type Level = Schemas["Level"];
export type Category = Schemas["Category"];
export type NewReport = Schemas["NewReport"];
export type ReportAnswer = Schemas["ReportAnswer"];
export type DeskReport = Schemas["DeskReport"];
export type LoweredLabel = Required<Pick<Schemas["ConversationChange"], "level" | "categories" | "lowered_because">>;
export type Preview = Schemas["Preview"];
export type MessageAsSent = Schemas["MessageAsSent"];
export type PseudonymState = Schemas["PseudonymState"];
export type Look = Schemas["Look"];
export type AskedWeb = Schemas["AskedWeb"];
export type AskedWorks = Schemas["AskedWorks"];
export type PageOfWeb = Schemas["PageOfWeb"];
export type Language = Schemas["PersonOut"]["language"];
export type Params = CodedError["params"];

export type Right = Schemas["Right"];
export type Person = Schemas["PersonOut"];
export type Session = Schemas["SessionOut"];
export type ListedPerson = Schemas["ListedPerson"];
export type PersonDetail = Schemas["PersonDetail"];
export type PersonState = Schemas["PersonState"];
export type MergePreview = Schemas["MergePreview"];
export type ActAsked = Schemas["ActAsked"];
export type ActPreview = Schemas["ActPreview"];
export type PersonAct = Schemas["ActOut"];
export type PersonOrder = Schemas["PersonOrder"];
export type PersonPage = Schemas["PersonPage"];
export type Membership = Schemas["MembershipOut"];
export type Unit = Schemas["UnitOut"];
export type Role = Schemas["RoleOut"];
export type RoleList = Schemas["RoleList"];
export type Grant = Schemas["GrantOut"];
export type Invitation = Schemas["InvitationOut"];
export type InvitationLink = Schemas["InvitationLink"];

export type Exit = Schemas["ExitOut"];
export type Exits = Schemas["ExitsOut"];

export type SignInWay = Schemas["SignInWay"];
export type Provider = Schemas["ProviderOut"];
export type LdapDirectory = Schemas["LdapDirectoryOut"];
export type DirectoryTried = Schemas["DirectoryTried"];
export type ClaimRule = Schemas["RuleBody"];
export type Gift = Schemas["GiftOut"];
export type SignInRecord = Schemas["SignInOut"];
export type Key = Schemas["KeyOut"];
export type KeyRoute = Schemas["KeyRoute"];
export type MadeKey = Schemas["MadeKey"];
export type Directory = Schemas["DirectoryOut"];
export type DirectoryToken = Schemas["DirectoryToken"];
export type DirectoryGroup = Schemas["DirectoryGroup"];
export type Orphan = Schemas["Orphan"];
export type ImportReport = Schemas["ImportReport"];
export type ImportProblem = Schemas["Problem"];

export type Model = Schemas["ModelOut"];
export type ModelState = Model["state"];
export type Zone = Model["zone"];
export type Allowance = Schemas["AllowanceOut"];
export type Quota = Schemas["QuotaOut"];
export type NewQuota = Schemas["NewQuota"];
export type RetentionKind = Schemas["RetentionKind"];
export type OwnRetention = Schemas["OwnRetention"];
export type PrivacyRequest = Schemas["PrivacyRequestOut"];
export type DeskRequest = Schemas["DeskRequest"];
export type PolicyVersion = Schemas["PolicyVersionOut"];
export type PolicyUnit = Schemas["UnitRulesOut"];
export type PolicyRules = Schemas["RulesBody"];
export type OwnPolicy = Schemas["OwnPolicy"];
export type PolicyDraft = Schemas["DraftBody"];
export type FileVersion = Schemas["FileVersion"];
export type Reading = Schemas["ReadingOut"];
export type OwnReading = Schemas["OwnReading"];
export type NewReading = Schemas["NewReading"];
export type ReadConversation = Schemas["ReadConversation"];
export type OwnUsage = Schemas["OwnUsage"];
export type UsageFigures = Omit<Schemas["UsageCell"], "persons">;
export type UsageCell = Schemas["UsageCell"];
export type UnitUsage = Schemas["UnitUsage"];
export type UnitsUsage = Schemas["UsageOut"];

/** A file of one's own, as it is being sent and read. */
export type SentFile = Schemas["FileOut"];
export type ReadingReport = Schemas["ReportOut"];
export type Finding = Schemas["FindingOut"];
export type Collection = Schemas["CollectionOut"];
export type Place = Schemas["PlaceOut"];
export type PlaceChoice = Schemas["PlaceChoice"];
export type NewPlace = Schemas["NewPlace"];
export type PlaceChange = Schemas["PlaceChange"];
export type DeclaredPlace = Place["declared"];
export type PlaceCredential = NonNullable<NewPlace["credential"]>;
export type Source = Schemas["SourceOut"];
export type NewSource = Schemas["NewSource"];
export type SourceChange = Schemas["SourceChange"];
export type SourceTrial = Schemas["SourceTrial"];
export type Trial = Schemas["TrialOut"];
export type Cadence = Source["cadence"];
export type NewCollection = Schemas["NewCollection"];
export type CollectionChange = Schemas["CollectionChange"];
export type Part = Schemas["Part"];
export type Share = Schemas["ShareOut"];
export type Doc = Schemas["DocumentOut"];
export type DocChange = Schemas["DocumentChange"];
export type Version = Schemas["VersionOut"];
export type Choice = Schemas["ChoiceOut"];
/** What a question finds in a base, and why. */
export type CollectionUse = Schemas["UseOut"];
export type NeverFound = Schemas["NeverFound"];
export type SearchOutcome = Schemas["SearchOut"];
export type SearchedPassage = Schemas["SearchedPassage"];

export type Backend = Schemas["BackendOut"];
export type OfferedModel = Schemas["ModelAdminOut"];

export type Summary = Schemas["ConversationSummary"];
export type Found = Schemas["FoundConversation"];
export type Folder = Schemas["FolderOut"];
export type ConversationPage = Schemas["ConversationPage"];
export type Conversation = Schemas["ConversationOut"];

export type Turn = Schemas["TurnOut"];
export type TurnState = Turn["state"];
export type TurnModel = Schemas["TurnModel"];
export type Message = Schemas["MessageOut"];
export type Notice = Schemas["Notice"];
export type NoticeCode = Notice["code"];
export type Usage = Schemas["Usage"];
/** Words of an answer that rest on a source, checked by the machine. */
export type Citation = Schemas["CitationOut"];
export type Attachment = Schemas["AttachmentOut"];
export type AskedCollection = Schemas["AskedCollection"];
export type CodedError = Schemas["CodedError"];

/** A file that one may look into. */
export type FileView = Schemas["FileView"];
export type FilePage = Schemas["PageView"];

/** What the server says while a turn runs (server-sent events, one JSON each). */
export type TurnEvent = Exclude<Schemas["TurnEventStream"], Schemas["Status"]> | Required<Schemas["Status"]>;
export type StatusStep = Schemas["Status"]["step"];

export type ScholarlyDesk = Schemas["DeskOut"];
export type ScholarlySearch = Schemas["WorksQuestion"];
export type ScholarlyWork = Schemas["RecordOut"];
export type Paper = Schemas["PaperOut"];
export type PaperCell = Schemas["CellOut"];
export type PaperSynthesis = Schemas["SynthesisOut"];
export type PaperFigure = Schemas["PointedOut"];
export type PaperExplanation = Schemas["ExplanationOut"];
export type AskedExplanation = Omit<Schemas["ExplanationIn"], "paper_id">;
export type AddedPapers = Schemas["AddedList"];
export type ScholarlyWorks = Schemas["WorksOut"];
export type ScholarlySource = Schemas["AskedSourceOut"];
export type DraftReport = Schemas["ManuscriptOut"];
export type DraftOutline = Schemas["OutlineOut"];
export type RelatedQuestion = Schemas["RelatedIn"];
export type RelatedWorks = Schemas["RelatedOut"];
export type ListedReference = Schemas["ListedReference"];
export type DraftClaim = Schemas["ClaimBody"];
export type DraftReportToWrite = Schemas["ReportIn"];
/** A text or a file that the writing desk translates or rewrites. */
export type Work = Schemas["WorkOut"];
export type WorkState = Work["state"];
export type NewWork = Pick<Schemas["NewWork"], "kind"> & Partial<Schemas["NewWork"]>;
export type WritingReport = Schemas["WritingReport"];
export type WrittenSegment = Schemas["SegmentOut"];
export type WrittenChange = Schemas["ChangeOut"];
export type Inclusive = Schemas["Inclusive"];
export type Style = Schemas["Style"];
export type Glossary = Schemas["GlossaryOut"];
export type GlossaryLine = Schemas["ShownLine"];
export type GlossaryKind = Glossary["kind"];
/** A form to fill, whose words around and parts to write make a draft. */
export type Template = Schemas["TemplateOut"];
export type TemplateFull = Schemas["TemplateFull"];
export type TemplateContent = Schemas["TemplateContent"];
export type TemplateField = Schemas["FieldModel"];
export type Draft = Schemas["DraftOut"];
export type NewDraft = Pick<Schemas["NewDraft"], "template_id" | "values">;
export type ToCheck = Schemas["ToCheckOut"];
/** Files or a text that the writing desk summarises. */
export type DeskSummary = Schemas["SummaryOut"];
export type SummaryForm = Schemas["Form"];
export type SummaryCoverage = Schemas["CoverageOut"];
export type SummarySource = Schemas["SummarySourceOut"];
export type NewSummary = Pick<Schemas["NewSummary"], "form"> & Partial<Schemas["NewSummary"]>;
export type WebSite = Schemas["SiteOut"];
export type WebSiteList = Schemas["SiteList"];
export type NewWebSite = Schemas["NewSite"];
export type WebSitePreview = Schemas["SitePreview"];
export type WebSitesTaken = Schemas["SitesTaken"];
export type Declaration = Schemas["DeclarationIn"];
export type DraftPublication = Schemas["DraftPublication"];
export type ReportPublication = Schemas["ReportPublication"];

/** A deep research, its plan, and what was found so far. */
export type Research = Schemas["ResearchOut"];
export type ResearchItem = Schemas["ResearchItem"];
export type ResearchQuery = Schemas["ResearchQuery"];
export type ResearchNote = Schemas["ResearchNote"];
export type ResearchSection = Schemas["ResearchSection"];
export type ResearchSource = Schemas["ResearchSource"];
export type ResearchCited = Schemas["ResearchCited"];
export type ResearchOffer = Schemas["ResearchOffer"];
export type ResearchWhere = ResearchQuery["where"];
export type NewResearch = Schemas["NewResearch"];
export type ConfirmedPlan = Schemas["ConfirmedPlan"];
export type ResearchAllowed = Schemas["ResearchBudgetIn"];

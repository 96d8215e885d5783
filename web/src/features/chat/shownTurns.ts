/**
 * What the screen shows of a conversation: the stored path, with the turn this page is sending or following in its
 * place. Pure, so that nothing moves when the server's copy replaces the live one.
 */
import type {
  AskedCollection,
  AskedWeb,
  AskedWorks,
  Attachment,
  Citation,
  CodedError,
  Conversation,
  Message,
  Notice,
  Turn,
  TurnModel,
  TurnState,
  Usage,
} from "#/api/types";
import type { TurnStatus, TurnView } from "#/features/turn";
import { answerVersions, type Children, childrenOf, pathTo, questionVersions, type Versions } from "./branches";
import { type ShownCitation, shownCitations } from "./citations";

export interface ShownTurn {
  /** Stays the same from sending to stored. */
  readonly key: string;
  /** Null until the server has opened it. */
  readonly id: string | null;
  readonly parentId: string | null;
  readonly question: string;
  /** Given with the question. */
  readonly attachments: readonly Attachment[];
  readonly collections: readonly AskedCollection[];
  readonly web: AskedWeb | null;
  readonly publications: AskedWorks | null;
  readonly answer: string;
  readonly state: TurnState;
  readonly phase: TurnView["phase"];
  readonly stopping: boolean;
  readonly status: TurnStatus | null;
  readonly notices: readonly Notice[];
  /** What was checked of the answer against files; null when it had none to answer from. */
  readonly checks: readonly Citation[] | null;
  /** What it quotes of the texts of the conversation. */
  readonly citations: readonly ShownCitation[];
  readonly error: CodedError | null;
  readonly usage: Usage | null;
  readonly model: TurnModel | null;
  readonly questions: Versions;
  readonly answers: Versions;
}

const ALONE: Versions = { ids: [], index: 0 };

/** Where the turn this page sends or follows goes; null when there is none, or when the server's copy is final. */
export interface LivePlace {
  readonly parentId: string | null;
}

export function livePlace(conversation: Conversation, live: TurnView | null): LivePlace | null {
  if (!live) return null;
  const known = conversation.turns.find((turn) => turn.id === live.turnId);
  if (known) return known.state === "running" ? { parentId: known.parent_id } : null;
  if (live.parentTurnId !== undefined) return { parentId: live.parentTurnId };
  if (live.retryOf === null) return { parentId: conversation.head_turn_id };
  return { parentId: conversation.turns.find((turn) => turn.id === live.retryOf)?.parent_id ?? null };
}

/** The stored turns from the beginning to `headId`. */
export function storedTurns(conversation: Conversation, headId: string | null): readonly ShownTurn[] {
  const texts = textsOf(conversation);
  const messages = new Map(conversation.messages.map((message) => [message.id, message]));
  const children = childrenOf(conversation.turns);
  return pathTo(conversation.turns, headId).map((turn) =>
    fromStored(children, turn, texts, messages.get(turn.question_id)),
  );
}

/** Keeps the turns that say the same as before: what did not change is not drawn again. */
export function keepSame(before: readonly ShownTurn[], after: readonly ShownTurn[]): readonly ShownTurn[] {
  const known = new Map(before.map((turn) => [turn.key, turn]));
  return after.map((turn) => {
    const old = known.get(turn.key);
    return old && isSame(old, turn) ? old : turn;
  });
}

function isSame(a: ShownTurn, b: ShownTurn): boolean {
  return (Object.keys(a) as (keyof ShownTurn)[]).every((name) => {
    const [one, other] = [a[name], b[name]];
    return one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other));
  });
}

function fromStored(
  children: Children,
  turn: Turn,
  texts: ReadonlyMap<string, string>,
  question: Message | undefined,
): ShownTurn {
  const checks = checksOf(turn);
  return {
    key: turn.id,
    id: turn.id,
    parentId: turn.parent_id,
    question: texts.get(turn.question_id) ?? "",
    ...givenWith(question),
    answer: texts.get(turn.answer_id) ?? "",
    state: turn.state,
    phase: turn.state === "running" ? "reconnecting" : "closed",
    stopping: false,
    status: null,
    notices: turn.notices,
    checks,
    citations: checks ? [] : shownCitations(turn, texts),
    error: turn.error,
    usage: turn.usage,
    model: turn.model,
    questions: questionVersions(children, turn),
    answers: answerVersions(children, turn),
  };
}

export function liveTurn(conversation: Conversation, live: TurnView, { parentId }: LivePlace): ShownTurn {
  const known = conversation.turns.find((turn) => turn.id === live.turnId);
  const children = known && childrenOf(conversation.turns);
  const retried = conversation.turns.find((turn) => turn.id === live.retryOf);
  const questionId = live.questionId ?? known?.question_id ?? retried?.question_id ?? null;
  const asked = conversation.messages.find((message) => message.id === questionId);
  return {
    key: live.turnId ?? "sending",
    id: live.turnId,
    parentId,
    question: live.question ?? asked?.text ?? "",
    ...givenWith(live.question === null ? asked : live),
    answer: live.text,
    state: live.state,
    phase: live.phase,
    stopping: live.stopping,
    status: live.status,
    notices: live.notices,
    checks: checksOf(live),
    citations: [],
    error: live.error,
    usage: live.usage,
    model: live.model ?? known?.model ?? null,
    questions: known && children ? questionVersions(children, known) : ALONE,
    answers: known && children ? answerVersions(children, known) : ALONE,
  };
}

type GivenWith = Pick<ShownTurn, "attachments" | "collections" | "web" | "publications">;

/** What came with a question, as stored or as it left. */
function givenWith(asked: Message | TurnView | undefined): GivenWith {
  const { attachments = [], collections = [], web, publications } = asked ?? {};
  return { attachments, collections, web: web ?? null, publications: publications ?? null };
}

/** An answer from files is checked against them, sentence by sentence; any other, by the quotations it makes. */
function checksOf({ citations, notices }: Pick<Turn, "citations" | "notices">): readonly Citation[] | null {
  const fromFiles =
    notices.some(({ code }) => code === "source_read" || code === "web_searched" || code === "works_searched") ||
    citations.some(({ file_id, number, reason }) => file_id != null || number > 0 || reason === "no_source");
  return fromFiles ? citations : null;
}

function textsOf(conversation: Conversation): ReadonlyMap<string, string> {
  return new Map(conversation.messages.map((message) => [message.id, message.text]));
}

/** The turns of a conversation as shown, and the verbs on them: ask, edit, retry, choose a version, stop. */
import { useEffect, useMemo, useRef } from "react";
import { useRefreshConversation, useUpdateConversation } from "#/api/conversations";
import { useRefreshAllowances } from "#/api/quotas";
import type { Conversation } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";
import type { ToGive } from "#/features/given/useGiven";
import { type TurnInput, type TurnView, useTurn } from "#/features/turn";
import { newestEnd } from "./branches";
import { keepSame, livePlace, liveTurn, type ShownTurn, storedTurns } from "./shownTurns";
import type { SearchesToAsk } from "./useSearches";

export interface Turns {
  readonly shown: readonly ShownTurn[];
  readonly live: TurnView | null;
  readonly running: boolean;
  /** Asks after the last turn shown. */
  readonly ask: (text: string, model: string, given: ToGive & SearchesToAsk) => void;
  /** Asks something else in the place of a turn. */
  readonly askInstead: (turn: ShownTurn, text: string, model: string | null) => void;
  readonly retry: (turn: ShownTurn, model: string | null) => void;
  readonly choose: (turnId: string) => void;
  readonly stop: () => void;
}

export function useTurns(conversation: Conversation): Turns {
  const { turn: live, send, attach, stop } = useTurn(conversation.id);
  const update = useUpdateConversation(conversation.id);
  const tell = useErrorToast();
  const place = livePlace(conversation, live);
  const headId = place ? place.parentId : conversation.head_turn_id;
  const drawn = useRef<readonly ShownTurn[]>([]);
  const stored = useMemo(() => keepSame(drawn.current, storedTurns(conversation, headId)), [conversation, headId]);
  drawn.current = stored;
  const shown = place && live ? [...stored, liveTurn(conversation, live, place)] : stored;
  useAttach(conversation, attach);
  useRefreshOnClose(conversation, live);
  useRefreshLeftOver(live);
  const withModel = (input: TurnInput, model: string | null) => send(model === null ? input : { ...input, model });
  return {
    shown,
    live,
    running: shown.at(-1)?.state === "running",
    ask: (text, model, given) => {
      const last = shown.at(-1);
      // A question that the server never opened is replaced, not followed.
      const parentTurnId = last ? (last.id ?? last.parentId) : null;
      send({ text, model, parentTurnId, ...given });
    },
    askInstead: (turn, text, model) => withModel({ text, parentTurnId: turn.parentId, ...givenWith(turn) }, model),
    retry: (turn, model) =>
      withModel(
        turn.id === null
          ? { text: turn.question, parentTurnId: turn.parentId, ...givenWith(turn), ...searchedWith(turn) }
          : { retryOf: turn.id },
        model,
      ),
    choose: (turnId) => update.mutate({ head_turn_id: newestEnd(conversation.turns, turnId) }, { onError: tell }),
    stop,
  };
}

/** A question asked in another's place takes what was given with it; a search of the web was for the words it had. */
function givenWith({ attachments, collections }: ShownTurn): ToGive {
  return { attachments, collections };
}

/** What never reached the server leaves with the words that it had. */
function searchedWith({ web, publications }: ShownTurn): SearchesToAsk {
  return { ...(web && { web }), ...(publications && { publications }) };
}

/** A turn that runs on the server (another tab, a reload) is followed from where its stored text ends. */
function useAttach(conversation: Conversation, attach: ReturnType<typeof useTurn>["attach"]): void {
  useEffect(() => {
    const running = conversation.turns.findLast((turn) => turn.state === "running");
    if (!running) return;
    const text = conversation.messages.find((message) => message.id === running.answer_id)?.text ?? "";
    attach(running.id, running.position, text);
  }, [conversation, attach]);
}

/** Once closed, what the server stored replaces what was streamed. */
function useRefreshOnClose({ id, turns }: Conversation, live: TurnView | null): void {
  const refresh = useRefreshConversation(id);
  const latest = useRef(refresh);
  latest.current = refresh;
  const closedId = live?.phase === "closed" ? live.turnId : null;
  const stored = turns.some((turn) => turn.id === closedId && turn.state !== "running");
  useEffect(() => {
    if (closedId !== null && !stored) void latest.current();
  }, [closedId, stored]);
}

/** An answer, or a refusal, changes what is left of the person's quotas; a closed turn is the same value ever after. */
function useRefreshLeftOver(live: TurnView | null): void {
  const refresh = useRefreshAllowances();
  const closed = live?.phase === "closed" ? live : null;
  useEffect(() => {
    if (closed !== null) refresh();
  }, [closed, refresh]);
}

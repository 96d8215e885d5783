/** The turn of a conversation that this page sends or follows, and what a person may do with it. */
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { TurnView } from "./reducer";
import { attachTurn, readTurn, sendTurn, stopTurn, subscribeToTurn } from "./registry";
import type { TurnInput } from "./stream";

export interface TurnControls {
  /** Null when this page follows no turn in this conversation; a closed turn stays until the next one. */
  readonly turn: TurnView | null;
  readonly send: (input: TurnInput) => void;
  /** Follows a running turn from `position`; `text` is what is already known of the answer, up to there. */
  readonly attach: (turnId: string, position: number, text?: string) => void;
  readonly stop: () => void;
}

export function useTurn(conversationId: string): TurnControls {
  const subscribe = useCallback((listener: () => void) => subscribeToTurn(conversationId, listener), [conversationId]);
  const turn = useSyncExternalStore(subscribe, () => readTurn(conversationId));
  const controls = useMemo(
    () => ({
      send: (input: TurnInput) => sendTurn(conversationId, input),
      attach: (turnId: string, position: number, text = "") => attachTurn(conversationId, turnId, position, text),
      stop: () => stopTurn(conversationId),
    }),
    [conversationId],
  );
  return useMemo(() => ({ turn, ...controls }), [turn, controls]);
}

/**
 * Raises the level of a conversation. The server labels a question with the level it holds: one asked right after a change
 * leaves only once that change is recorded, and not at all if it was refused.
 */
import { useRef, useState } from "react";
import { useUpdateConversation } from "#/api/conversations";
import type { Level } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";

export interface LevelChange {
  readonly change: (level: Level) => void;
  /** Does it now, or once the level asked for is recorded. */
  readonly whenRecorded: (act: () => void) => void;
  /** Something waits for the level to be recorded. */
  readonly holding: boolean;
}

export function useLevelChange(conversationId: string): LevelChange {
  const update = useUpdateConversation(conversationId);
  const tell = useErrorToast();
  const changing = useRef<Promise<boolean> | null>(null);
  const [holding, setHolding] = useState(false);
  const change = (level: Level) => {
    const recorded = update.mutateAsync({ level }).then(
      () => true,
      (error: unknown) => {
        tell(error);
        return false;
      },
    );
    changing.current = recorded;
    void recorded.then(() => {
      if (changing.current === recorded) changing.current = null;
    });
  };
  const whenRecorded = (act: () => void) => {
    if (!changing.current) return act();
    setHolding(true);
    void changing.current.then((recorded) => {
      setHolding(false);
      if (recorded) act();
    });
  };
  return { change, whenRecorded, holding };
}

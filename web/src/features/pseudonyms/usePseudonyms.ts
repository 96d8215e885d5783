/** Whether names are replaced in a conversation, and the label with which its words then leave. */
import { useEffect } from "react";
import { usePseudonymState } from "#/api/pseudonyms";
import { useNamesRule, usePseudonymRule } from "#/api/sessions";
import type { Level } from "#/api/types";
import type { Labelled } from "#/features/sensitivity/useLabel";
import { setAsked, useAsked } from "./asked";
import { type Leaving, leavingOf } from "./leaving";

/** Of the conversation about to begin. */
export const BEGINNING = "new";

export interface Replacing {
  /** The installation lets names be replaced. */
  readonly offered: boolean;
  readonly asked: boolean;
  /** A unit requires it: done wherever the words may not leave as they are. */
  readonly required: boolean;
  readonly change: (wanted: boolean) => void;
  readonly leaving: Leaving;
}

export function usePseudonyms(conversationId: string | null, own: Level, label: Labelled): Replacing {
  const mode = useNamesRule();
  const installed = usePseudonymRule();
  const rule = mode === "off" ? null : installed;
  const required = rule !== null && mode === "required";
  const key = conversationId ?? BEGINNING;
  const state = usePseudonymState(rule && conversationId, `${own} ${label.categories.join(" ")}`);
  const said = useAsked(key);
  const used = state?.used ?? false;
  // Once replaced, names stay so in a conversation until the person says otherwise.
  useEffect(() => {
    if (used && said === undefined) setAsked(key, true);
  }, [used, said, key]);
  const asked = rule !== null && said === true;
  const whole = { level: label.level, categories: label.categories };
  const least = state ?? { level: own, categories: [] };
  return {
    offered: rule !== null,
    asked,
    required,
    change: (wanted) => setAsked(key, wanted),
    leaving: rule && (asked || required) ? leavingOf(rule, { least, whole, found: label.look }) : whole,
  };
}

/** Asks the desk for what a verb makes of a passage: a summary, or a text written otherwise. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "#/api/call";
import type { Work } from "#/api/types";
import { type Passage, type ShortForm, summaryOf, type Verb, workOf } from "./verbs";

interface Asked {
  readonly verb: Verb;
  readonly passage: Passage;
  /** The language of a translation, the form of a summary. */
  readonly how: string;
}

export function useAskPassage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, passage, how }: Asked): Promise<Work> =>
      verb === "summarise"
        ? call("POST", "/api/writing/summaries", { body: summaryOf(passage, how as ShortForm) as never })
        : call("POST", "/api/writing/works", { body: workOf(verb, passage, how) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["writing", "works", "last"] }),
  });
}

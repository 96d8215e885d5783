/** A text taken away to be published, as a file: a draft, or the report of a research. */
import { useMutation } from "@tanstack/react-query";
import { open } from "./http";
import type { DraftPublication, ReportPublication } from "./types";

export type Published =
  | { readonly kind: "draft"; readonly id: string; readonly body: DraftPublication }
  | { readonly kind: "research"; readonly id: string; readonly body: ReportPublication };

export function usePublish() {
  return useMutation({
    mutationFn: async (asked: Published) =>
      await (asked.kind === "draft"
        ? await open("POST", `/api/writing/drafts/${asked.id}/publication`, { body: asked.body })
        : await open("POST", `/api/research/${asked.id}/publication`, { body: asked.body })
      ).blob(),
  });
}

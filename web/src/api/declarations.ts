/** The declaration of AI use of a conversation, as a file. */
import { useMutation } from "@tanstack/react-query";
import { open } from "./http";
import type { Declaration } from "./types";

export type DeclarationFormat = Declaration["format"];

export function useDeclaration(conversationId: string) {
  return useMutation({
    mutationFn: async (body: Declaration) =>
      await (await open("POST", `/api/conversations/${conversationId}/declaration`, { body })).blob(),
  });
}

/** Names replaced before words leave: whether they are in a conversation, and what exactly would leave. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import type { PseudonymState } from "./types";

/** Asked again with each label of the conversation, which it depends on. */
export function usePseudonymState(conversationId: string | null, label: string): PseudonymState | null {
  const { data } = useQuery({
    queryKey: ["pseudonyms", conversationId, label],
    queryFn: ({ signal }) =>
      call("GET", "/api/conversations/{conversation_id}/pseudonyms", {
        path: { conversation_id: conversationId ?? "" },
        signal,
      }),
    enabled: conversationId !== null,
    placeholderData: (previous) => previous,
  });
  return data ?? null;
}

interface ToShow {
  readonly conversationId: string;
  readonly text: string;
  readonly model: string | null;
}

export function usePseudonymPreview() {
  return useMutation({
    gcTime: 0,
    mutationFn: ({ conversationId, text, model }: ToShow) =>
      call("POST", "/api/conversations/{conversation_id}/pseudonyms/preview", {
        path: { conversation_id: conversationId },
        body: { text, model },
      }),
  });
}

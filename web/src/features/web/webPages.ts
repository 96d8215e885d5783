/** The pages read in the conversation on screen: their titles and addresses are sealed with it, and asked for apart. */
import { useContext } from "react";
import type { PageOfWeb } from "#/api/types";
import { useWebPages } from "#/api/web";
import { ConversationContext } from "#/features/conversations/current";

const NONE: ReadonlyMap<string, PageOfWeb> = new Map();

export function useKnownPages(ids: readonly string[]): ReadonlyMap<string, PageOfWeb> {
  const { data } = useWebPages(useContext(ConversationContext) ?? "", ids);
  return data ?? NONE;
}

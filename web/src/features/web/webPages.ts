/** The pages read in the conversation on screen: their titles and addresses are sealed with it, and asked for apart. */
import { createContext, useContext } from "react";
import type { PageOfWeb } from "#/api/types";
import { useWebPages } from "#/api/web";

export const ConversationIdContext = createContext("");

const NONE: ReadonlyMap<string, PageOfWeb> = new Map();

export function useKnownPages(ids: readonly string[]): ReadonlyMap<string, PageOfWeb> {
  const { data } = useWebPages(useContext(ConversationIdContext), ids);
  return data ?? NONE;
}

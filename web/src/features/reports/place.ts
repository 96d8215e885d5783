/** The conversation that what is on screen belongs to; null outside any. */
import { createContext } from "react";

export const ConversationContext = createContext<string | null>(null);

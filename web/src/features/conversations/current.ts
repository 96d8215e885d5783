/** The conversation that is shown: what is inside it may belong to it. Null before the first question. */
import { createContext } from "react";

export const ConversationContext = createContext<string | null>(null);

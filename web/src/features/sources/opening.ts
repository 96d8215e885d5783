/** Opens the panel beside a conversation on a citation of an answer, or on one of its files. */
import { createContext, useContext } from "react";

export interface Opened {
  readonly turnKey: string;
  /** In the list of what was checked of the answer; null to look at a file as such. */
  readonly index: number | null;
  readonly fileId: string | null;
  /** A page of the web, looked at as it was read. */
  readonly pageId?: string | null;
}

export type OpenSource = (opened: Opened, from: HTMLElement) => void;

export const OpenSourceContext = createContext<OpenSource>(() => undefined);

export function useOpenSource(): OpenSource {
  return useContext(OpenSourceContext);
}

/** The searches that go with the question being written, the web's and that of publications: each off until wanted. */
import { useMemo } from "react";
import type { AskedWeb, AskedWorks } from "#/api/types";
import type { Given } from "#/features/given/useGiven";
import { useWorksAsk, type WorksAsk } from "#/features/publications/useWorksAsk";
import { useWebAsk, type WebAsk } from "#/features/web/useWebAsk";

export interface SearchesToAsk {
  readonly web?: AskedWeb;
  readonly publications?: AskedWorks;
}

export interface Searches {
  readonly web: WebAsk;
  readonly works: WorksAsk;
  readonly toAsk: () => SearchesToAsk;
  /** The question left: the next one has words of its own. */
  readonly release: () => void;
}

export function useSearches(draft: string, conversationId: string | null, given: Given): Searches {
  const files = given.uploads.flatMap(({ file }) => file?.id ?? []);
  const web = useWebAsk(draft, { conversationId, files });
  const works = useWorksAsk(draft, { conversationId, files });
  return useMemo(
    () => ({
      web,
      works,
      toAsk: () => ({ ...web.toAsk(), ...works.toAsk() }),
      release: () => {
        web.release();
        works.release();
      },
    }),
    [web, works],
  );
}

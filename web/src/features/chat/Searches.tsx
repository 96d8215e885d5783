/** In the composer: the switches of the searches, and the words of those that are on, to read and to change. */
import type { Level } from "#/api/types";
import { WorksQuery, WorksSwitch } from "#/features/publications/WorksSwitch";
import { WebQuery, WebSwitch } from "#/features/web/WebSwitch";
import type { Searches } from "./useSearches";

export function SearchSwitches({ searches, disabled }: { readonly searches: Searches; readonly disabled: boolean }) {
  return (
    <>
      <WebSwitch web={searches.web} disabled={disabled} />
      <WorksSwitch works={searches.works} disabled={disabled} />
    </>
  );
}

interface SearchQueriesProps {
  readonly searches: Searches;
  readonly level: Level;
  readonly locked: boolean;
}

export function SearchQueries({ searches, level, locked }: SearchQueriesProps) {
  return (
    <>
      <WebQuery web={searches.web} level={level} locked={locked} />
      <WorksQuery works={searches.works} level={level} locked={locked} />
    </>
  );
}

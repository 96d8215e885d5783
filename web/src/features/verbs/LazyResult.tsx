/** The result of a verb, fetched apart from the page's first load. */
import { lazy, Suspense } from "react";
import type { VerbResultProps } from "./VerbResult";

const VerbResult = lazy(() => import("./VerbResult"));

export function LazyResult(props: VerbResultProps) {
  return (
    <Suspense fallback={null}>
      <VerbResult {...props} />
    </Suspense>
  );
}

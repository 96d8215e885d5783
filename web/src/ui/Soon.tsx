/**
 * What may come a moment after the rest of its screen: it is drawn in slices that let keys and frames pass, where a screen
 * drawn in one go would hold a slow machine. Not for what an answer on its way changes: each of its words begins it anew.
 */
import { type ReactNode, useDeferredValue } from "react";

interface SoonProps {
  /** In its place meanwhile. */
  readonly meanwhile?: ReactNode;
  readonly children: ReactNode;
}

export function Soon({ meanwhile = null, children }: SoonProps) {
  const here = useDeferredValue(true, false);
  return here ? children : meanwhile;
}

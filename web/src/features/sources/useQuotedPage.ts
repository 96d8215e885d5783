/** The page of a document that is shown: first the one where a citation stands, then wherever one goes. */
import { useEffect, useState } from "react";
import { useFilePage } from "#/api/files";
import type { Citation, FileView } from "#/api/types";

export function useQuotedPage(view: FileView, citation: Citation | null) {
  const [number, setNumber] = useState(citation?.page ?? 1);
  const [sought, setSought] = useState(citation !== null);
  const quoted = { start: citation?.source_start ?? 0, end: citation?.source_end ?? 0 };
  const { data, error, refetch } = useFilePage({ fileId: view.id, page: number, ...quoted });
  const pages = Math.max(1, view.pages);
  // A passage may run over the end of its page: what is quoted of it is then on the next.
  const further = sought && data !== undefined && number < pages && quoted.start >= data.end;
  useEffect(() => {
    if (further) setNumber((before) => before + 1);
  }, [further]);
  const go = (to: number) => {
    setSought(false);
    setNumber(to);
  };
  return { page: further ? undefined : data, error, refetch, quoted, number, pages, go };
}

/** The text being written, kept on this device at each pause and whenever the page is left. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readDraft, writeDraft } from "./drafts";

const PAUSE = 300;

export interface Draft {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly clear: () => void;
}

export function useDraft(personId: string, place: string): Draft {
  const [text, setShown] = useState(() => readDraft(personId, place));
  const latest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    writeDraft(personId, place, latest.current);
  }, [personId, place]);
  const setText = useCallback(
    (next: string) => {
      latest.current = next;
      setShown(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(keep, PAUSE);
    },
    [keep],
  );
  const clear = useCallback(() => {
    setText("");
    keep();
  }, [setText, keep]);
  useEffect(() => {
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [keep]);
  return useMemo(() => ({ text, setText, clear }), [text, setText, clear]);
}

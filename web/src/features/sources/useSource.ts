/** Which source is open beside a conversation; closing it gives the focus back to what opened it. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { Opened, OpenSource } from "./opening";

export function useSource() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const from = useRef<HTMLElement | null>(null);
  const open = useCallback<OpenSource>((next, element) => {
    from.current = element;
    setOpened(next);
  }, []);
  const close = useCallback(() => {
    setOpened(null);
    from.current?.focus();
  }, []);
  return useMemo(() => ({ opened, open, go: setOpened, close }), [opened, open, close]);
}

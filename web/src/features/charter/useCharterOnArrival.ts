/** Shows the charter once, to whoever must accept it: on arrival, or when it changes; it can be closed to read on. */
import { useEffect, useRef } from "react";
import { useCharter } from "#/api/charter";

export function useCharterOnArrival(open: (overlay: "charter") => void): void {
  const { data } = useCharter();
  const shown = useRef<string | null>(null);
  const demanded = data?.state === "to_accept" ? data.hash : null;
  useEffect(() => {
    if (demanded === null || shown.current === demanded) return;
    shown.current = demanded;
    open("charter");
  }, [demanded, open]);
}

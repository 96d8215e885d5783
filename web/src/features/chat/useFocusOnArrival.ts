/** Ready to write on arrival, where that does not raise a keyboard over the text. */
import { type RefObject, useEffect } from "react";

export function useFocusOnArrival(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [field]);
}

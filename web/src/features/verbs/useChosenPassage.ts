/** The passage that is selected, once the person stopped selecting; kept while the bar beside it has the focus. */
import { type RefObject, useEffect, useState } from "react";
import { type Chosen, chosenIn } from "./passage";

const SETTLED = 250; // milliseconds

export function useChosenPassage(within: RefObject<Element | null>, bar: RefObject<Element | null>): Chosen | null {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      if (bar.current?.contains(document.activeElement)) return;
      setChosen(chosenIn(within.current, getSelection()));
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLED);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") setChosen(null);
    };
    document.addEventListener("selectionchange", later);
    document.addEventListener("scroll", later, { capture: true, passive: true });
    document.addEventListener("keydown", leave);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", later);
      document.removeEventListener("scroll", later, { capture: true });
      document.removeEventListener("keydown", leave);
    };
  }, [within, bar]);
  return chosen;
}

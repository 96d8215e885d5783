/** The passage that is selected, once the person stopped selecting; kept while the bar beside it has the focus. */
import { type RefObject, useEffect, useState } from "react";
import { type Chosen, chosenIn } from "./passage";

const SETTLED = 250; // milliseconds

export function useChosenPassage(within: RefObject<Element | null>, bar: RefObject<Element | null>): Chosen | null {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let turned = false; // the window took another size: the words are elsewhere
    const look = () => {
      if (!turned && bar.current?.contains(document.activeElement)) return;
      turned = false;
      setChosen(chosenIn(within.current, getSelection()));
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLED);
    };
    const turn = () => {
      turned = true;
      later();
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") setChosen(null);
    };
    document.addEventListener("selectionchange", later);
    document.addEventListener("scroll", later, { capture: true, passive: true });
    document.addEventListener("keydown", leave);
    window.addEventListener("resize", turn);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", later);
      document.removeEventListener("scroll", later, { capture: true });
      document.removeEventListener("keydown", leave);
      window.removeEventListener("resize", turn);
    };
  }, [within, bar]);
  return chosen;
}

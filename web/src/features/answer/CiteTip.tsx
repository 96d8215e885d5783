/** What a citation opens, or why it does not hold, while the pointer or the focus is on its number. */
import { type FocusEvent, type PointerEvent, type SyntheticEvent, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { citeCss } from "./style";

interface Tip {
  readonly words: string;
  readonly left: number;
  readonly top: number;
}

const WIDTH = 352;
const GAP = 8;

export function useTip() {
  const [shown, setShown] = useState<Tip | null>(null);
  const show = ({ target }: SyntheticEvent) => {
    const cited = target instanceof Element ? target.closest("[data-action^='cite:']") : null;
    setShown(cited && tipOf(cited));
  };
  const hide = () => setShown(null);
  useEffect(() => {
    if (!shown) return;
    const forget = () => setShown(null);
    window.addEventListener("scroll", forget, { capture: true, passive: true });
    return () => window.removeEventListener("scroll", forget, { capture: true });
  }, [shown]);
  const watch = {
    onPointerOver: (event: PointerEvent) => event.pointerType !== "touch" && show(event),
    onPointerLeave: hide,
    onFocus: (event: FocusEvent) => event.target.matches(":focus-visible") && show(event),
    onBlur: hide,
  };
  return { shown, watch };
}

function tipOf(cited: Element): Tip {
  const { left, bottom } = cited.getBoundingClientRect();
  const most = Math.max(GAP, window.innerWidth - WIDTH - GAP);
  return { words: cited.getAttribute("aria-label") ?? "", left: Math.min(left, most), top: bottom + GAP };
}

/** Its words are the name of the number: said already to who hears the page. */
export function CiteTip({ shown }: { readonly shown: Tip | null }) {
  if (!shown || shown.words === "") return null;
  // Outside the answer, whose blocks are cut at their edges.
  return createPortal(
    <span aria-hidden="true" className={citeCss("tip")} style={{ left: shown.left, top: shown.top }}>
      {shown.words}
    </span>,
    document.body,
  );
}

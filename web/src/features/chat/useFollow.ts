/**
 * Keeps the end of the text in view while it grows, only if the reader is already there. Scrolling away lets go;
 * coming back to the end, or asking for it, takes hold again.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR = 48;

export interface Follow {
  readonly atEnd: boolean;
  readonly toEnd: () => void;
}

export function useFollow(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>): Follow {
  const [atEnd, setAtEnd] = useState(true);
  const held = useRef(true);
  const toEnd = useCallback(() => {
    held.current = true;
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [scroller]);
  useLayoutEffect(toEnd, [toEnd]);
  useEffect(() => {
    const box = scroller.current;
    const inside = content.current;
    if (!box || !inside) return;
    let before = box.scrollTop;
    const onScroll = () => {
      const near = box.scrollHeight - box.clientHeight - box.scrollTop < NEAR;
      // Growth alone leaves scrollTop as it is: only the reader moves it up.
      if (near) held.current = true;
      else if (box.scrollTop < before) held.current = false;
      before = box.scrollTop;
      setAtEnd(near || held.current);
    };
    const grown = new ResizeObserver(() => {
      if (!held.current) return onScroll();
      box.scrollTop = box.scrollHeight;
      // A content that shrinks for a moment moves it up too: that is not the reader either.
      before = box.scrollTop;
    });
    grown.observe(inside);
    grown.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      grown.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, [scroller, content]);
  return { atEnd, toEnd };
}

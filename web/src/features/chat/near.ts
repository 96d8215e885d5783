/**
 * Which turns are near what is on screen. A turn far from it is drawn as plain text (500 turns open at once, and the
 * browser's own search still finds every word); once near, it is set in full and stays so.
 */
import { createContext, type RefObject, useContext, useEffect, useMemo, useState } from "react";

type Watch = (element: Element, onNear: () => void) => () => void;

export const NearContext = createContext<Watch | null>(null);

/** How far ahead turns are set: one and a half screens each way. */
const MARGIN = "150% 0%";

/** One observer for all the turns of a scroller. */
export function useNearWatch(scroller: RefObject<HTMLElement | null>): Watch {
  const waiting = useMemo(() => new Map<Element, () => void>(), []);
  const holder = useMemo<{ observer: IntersectionObserver | null }>(() => ({ observer: null }), []);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) waiting.get(entry.target)?.();
      },
      { root: scroller.current, rootMargin: MARGIN },
    );
    holder.observer = observer;
    for (const element of waiting.keys()) observer.observe(element);
    return () => {
      observer.disconnect();
      holder.observer = null;
    };
  }, [scroller, waiting, holder]);
  return useMemo(
    () => (element, onNear) => {
      waiting.set(element, onNear);
      holder.observer?.observe(element);
      return () => {
        waiting.delete(element);
        holder.observer?.unobserve(element);
      };
    },
    [waiting, holder],
  );
}

/** True from the first time the element comes near. */
export function useNear(ref: RefObject<Element | null>, already: boolean): boolean {
  const watch = useContext(NearContext);
  const [seen, setSeen] = useState(already || watch === null);
  const near = seen || already;
  useEffect(() => {
    if (near || !watch || !ref.current) return;
    return watch(ref.current, () => setSeen(true));
  }, [near, watch, ref]);
  return near;
}

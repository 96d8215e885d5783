/** Grows a text area with its text where the browser does not do it by itself (`field-sizing`). */
import { type RefObject, useLayoutEffect } from "react";

const NATIVE = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

export function useAutosize(ref: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const area = ref.current;
    if (NATIVE || !area) return;
    area.style.height = "auto";
    area.style.height = text === "" ? "" : `${area.scrollHeight}px`;
  }, [ref, text]);
}

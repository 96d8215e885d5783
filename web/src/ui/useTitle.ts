/** The title of the browser's window. */
import { useEffect } from "react";

export function useTitle(...parts: readonly string[]): void {
  const title = parts.join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** What drops files on an element: told while they are held over it, and given once they are let go. */
import { type DragEvent, useRef, useState } from "react";
import { type Dropped, droppedFiles, holdsFiles } from "./dropped";

export function useDrop(give: (files: readonly Dropped[]) => void) {
  const [over, setOver] = useState(false);
  // Each element inside tells of entering and leaving: they are counted.
  const depth = useRef(0);
  const follow = (step: number) => (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const onDrop = (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    void droppedFiles(event.dataTransfer).then(give);
  };
  const handlers = { onDragEnter: follow(1), onDragLeave: follow(-1), onDragOver: follow(0), onDrop };
  return { over, handlers };
}

/** The whole conversation takes the files that are dropped on it. */
import { FilePlus2 } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { droppedFiles, holdsFiles } from "./dropped";
import sheet from "./given.module.css";

const css = classes(sheet);

interface DropTargetProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

export function DropTarget({ onFiles, children }: DropTargetProps) {
  const t = useTranslations("given");
  const [over, setOver] = useState(false);
  // Each element inside tells of entering and leaving: they are counted.
  const depth = useRef(0);
  const follow = (step: number) => (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the button is there for everyone.
    <div
      className={css("target")}
      onDragEnter={follow(1)}
      onDragLeave={follow(-1)}
      onDragOver={follow(0)}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className={css("over")}>
          <FilePlus2 aria-hidden="true" size={32} />
          <p>{t("drop")}</p>
        </div>
      )}
    </div>
  );
}

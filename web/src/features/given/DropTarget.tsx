/** The whole conversation takes the files that are dropped on it. */
import { FilePlus2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Dropped } from "#/features/files/dropped";
import { useDrop } from "#/features/files/useDrop";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./given.module.css";

const css = classes(sheet);

interface DropTargetProps {
  readonly onFiles: (files: readonly Dropped[]) => void;
  readonly children: ReactNode;
}

export function DropTarget({ onFiles, children }: DropTargetProps) {
  const t = useTranslations("given");
  const { over, handlers } = useDrop(onFiles);
  return (
    <div className={css("target")} {...handlers}>
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

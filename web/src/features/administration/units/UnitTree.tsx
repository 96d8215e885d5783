/** The tree of units: each level is read when it is opened; one Tab stop, arrows inside (WAI-ARIA tree). */
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { moveOf, type TreeRow } from "./treeKeys";
import { useTree } from "./treeState";
import { UnitLevel } from "./UnitLevel";
import sheet from "./units.module.css";

const css = classes(sheet);

interface UnitTreeProps {
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

export function UnitTree({ selected, onSelect }: UnitTreeProps) {
  const t = useTranslations("units");
  const box = useRef<HTMLDivElement>(null);
  const tree = useTree();
  const { active, setActive, setExpanded } = tree;
  // What Tab led to may be gone (deleted, merged, behind a closed level): the first row takes its place.
  useEffect(() => {
    const found = active === null || rowsIn(box.current).some(({ dataset }) => dataset["id"] === active);
    if (!found && !box.current?.querySelector("[aria-busy=true]")) setActive(null);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = rowsIn(box.current);
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      rows[at]?.querySelector<HTMLElement>("[data-press]")?.click();
      return;
    }
    const move = moveOf(event.key, rows.map(rowOf), at);
    if (!move) return;
    event.preventDefault();
    // The page's own single-key shortcuts are not for here.
    event.stopPropagation();
    if (move.kind === "focus") rows[move.at]?.focus();
    else setExpanded(move.id, move.kind === "expand");
  };
  return (
    <div
      ref={box}
      role="tree"
      aria-label={t("tree")}
      className={css("tree")}
      onKeyDown={onKeyDown}
      tabIndex={-1}
      onFocus={({ target }) => target.dataset["id"] && setActive(target.dataset["id"])}
    >
      <UnitLevel parent={null} level={1} selected={selected} onSelect={onSelect} />
    </div>
  );
}

function rowsIn(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>("[role=treeitem]:not([aria-busy])") ?? [])];
}

function rowOf(element: HTMLElement): TreeRow {
  const expanded = element.getAttribute("aria-expanded");
  return {
    id: element.dataset["id"] ?? "",
    level: Number(element.getAttribute("aria-level")),
    name: element.dataset["name"] ?? "",
    expanded: expanded === null ? null : expanded === "true",
  };
}

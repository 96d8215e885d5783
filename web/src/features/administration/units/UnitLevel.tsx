/** The units directly under one, and what is open under each of them. */
import { ChevronRight } from "lucide-react";
import type { Unit } from "#/api/types";
import { useUnits } from "#/api/units";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useTree } from "./treeState";
import sheet from "./units.module.css";

const css = classes(sheet);

interface UnitLevelProps {
  readonly parent: string | null;
  readonly level: number;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

export function UnitLevel({ parent, level, selected, onSelect }: UnitLevelProps) {
  const t = useTranslations("units");
  const words = useErrorWords();
  const units = useUnits({ parent });
  const items = units.data?.pages.flatMap((page) => page.items) ?? [];
  const again = units.error ? () => void units.refetch() : () => void units.fetchNextPage();
  const more = units.error ? words(units.error) : units.hasNextPage ? t("more") : null;
  return (
    <>
      {items.map((unit, at) => (
        <Branch
          key={unit.id}
          unit={unit}
          {...{ level, selected, onSelect }}
          isFirst={level === 1 && at === 0}
          position={at + 1}
          beside={units.hasNextPage ? -1 : items.length}
        />
      ))}
      {units.isPending && <Waiting level={level} />}
      {more !== null && <More id={`more-${parent}`} level={level} words={more} onPress={again} />}
    </>
  );
}

interface BranchProps extends Omit<UnitLevelProps, "parent"> {
  readonly unit: Unit;
  readonly isFirst: boolean;
  readonly position: number;
  /** How many stand beside it; -1 while that is not known. */
  readonly beside: number;
}

/** A row, then what is open under it: rows stand one after the other, their level says how deep. */
function Branch({ unit, level, selected, onSelect, isFirst, position, beside }: BranchProps) {
  const { expanded, active } = useTree();
  const { id, name } = unit;
  const isOpen = unit.units > 0 && expanded.has(id);
  return (
    <>
      <div
        role="treeitem"
        aria-level={level}
        aria-posinset={position}
        aria-setsize={beside}
        aria-selected={id === selected}
        {...(unit.units > 0 ? { "aria-expanded": isOpen } : {})}
        tabIndex={active === id || (active === null && isFirst) ? 0 : -1}
        data-id={id}
        data-name={name}
        className={css("branch")}
      >
        <Line unit={unit} level={level} isOpen={isOpen} isSelected={id === selected} onSelect={onSelect} />
      </div>
      {isOpen && <UnitLevel parent={id} level={level + 1} selected={selected} onSelect={onSelect} />}
    </>
  );
}

interface LineProps extends Pick<BranchProps, "unit" | "level" | "onSelect"> {
  readonly isOpen: boolean;
  readonly isSelected: boolean;
}

function Line({ unit, level, isOpen, isSelected, onSelect }: LineProps) {
  const t = useTranslations("units");
  const { setExpanded } = useTree();
  const { id, name, kind, persons } = unit;
  return (
    <div className={css("line", isSelected && "selected")} style={{ "--level": level } as object}>
      {unit.units > 0 ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: for pointers; the tree has the keys.
        <span className={css("toggle", isOpen && "open")} onClick={() => setExpanded(id, !isOpen)}>
          <ChevronRight aria-hidden="true" className={css("chevron")} />
        </span>
      ) : (
        <span className={css("toggle")} />
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: as above. */}
      <span data-press="" className={css("press")} onClick={() => onSelect(id)}>
        <span className={css("lineName")}>{name}</span> {kind !== "" && <span className={css("kind")}>{kind}</span>}
      </span>{" "}
      {persons !== null && persons > 0 && (
        <span className={css("count")}>
          {persons} <span className="visuallyHidden">{t("personsWord", { count: persons })}</span>
        </span>
      )}
    </div>
  );
}

function Waiting({ level }: { readonly level: number }) {
  const t = useTranslations("shell");
  return (
    <div role="treeitem" aria-level={level} aria-selected={false} aria-busy="true" tabIndex={-1}>
      <div className={css("line", "waiting")} style={{ "--level": level } as object}>
        {t("loading")}
      </div>
    </div>
  );
}

interface MoreProps {
  readonly id: string;
  readonly level: number;
  readonly words: string;
  readonly onPress: () => void;
}

function More({ id, level, words, onPress }: MoreProps) {
  const { active } = useTree();
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={false}
      tabIndex={active === id ? 0 : -1}
      data-id={id}
      data-name={words}
      className={css("branch")}
    >
      <div className={css("line")} style={{ "--level": level } as object}>
        <span className={css("toggle")} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the tree has the keys. */}
        <span data-press="" className={css("press", "more")} onClick={onPress}>
          {words}
        </span>
      </div>
    </div>
  );
}

/** How many are selected, and what may be done with all of them. */
import { Building2, ChevronDown, DoorOpen, KeyRound, UserCheck, UserX, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useHeld } from "#/api/sessions";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuAction } from "#/ui/Menu";
import sheet from "../administration.module.css";
import { useRightWords } from "../roles/rightWords";
import { BulkDialog } from "./BulkDialog";
import type { BulkKind } from "./bulk";
import type { Selection } from "./useSelection";

const css = classes(sheet);
const ICONS = { place: Building2, takeOut: DoorOpen, give: KeyRound, enable: UserCheck, disable: UserX } as const;
const OF_PERSONS = ["place", "takeOut", "enable", "disable"] as const satisfies readonly BulkKind[];

interface BulkBarProps {
  readonly selection: Selection;
  /** The unit of the filter: the one that persons are likely taken out of. */
  readonly unit: string | null;
  /** What widens the selection. */
  readonly children?: ReactNode;
}

export function BulkBar({ selection, unit, children }: BulkBarProps) {
  const t = useTranslations("persons");
  const held = useHeld();
  const { missing } = useRightWords();
  const [asked, setAsked] = useState<BulkKind | null>(null);
  const count = selection.persons.length;
  const manages = held.somewhere("persons.manage");
  const gives = held.somewhere("roles.grant");
  const kinds: readonly BulkKind[] = [...(manages ? OF_PERSONS : []), ...(gives ? (["give"] as const) : [])];
  return (
    <>
      {count > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields.
        <div role="group" aria-label={t("selection")} className={css("bulk")}>
          <span className={css("bulkCount")}>{t("selected", { count })}</span>
          {children}
          {kinds.length === 0 ? (
            <Button small why={missing("persons.manage")}>
              {t("act")}
            </Button>
          ) : (
            <Menu
              label={t("act")}
              trigger={
                <Button small look="primary" icon={ChevronDown}>
                  {t("act")}
                </Button>
              }
            >
              {kinds.map((kind) => (
                <MenuAction key={kind} icon={ICONS[kind]} danger={kind === "disable"} onAction={() => setAsked(kind)}>
                  {t(`bulk.${kind}.name`)}
                </MenuAction>
              ))}
            </Menu>
          )}
          <Button small look="quiet" icon={X} onPress={selection.clear}>
            {t("unselect")}
          </Button>
        </div>
      )}
      {asked && <BulkDialog kind={asked} persons={selection.persons} unit={unit} onClose={() => setAsked(null)} />}
    </>
  );
}

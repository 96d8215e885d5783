/** How many are selected, or everybody that the filters find, and what may be done with all of them. */
import { Building2, ChevronDown, DoorOpen, KeyRound, KeySquare, UserCheck, UserX, X } from "lucide-react";
import { useState } from "react";
import { filterOf, MOST_TICKED, onlyThese } from "#/api/personActs";
import type { WantedPersons } from "#/api/persons";
import { useHeld } from "#/api/sessions";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuAction } from "#/ui/Menu";
import sheet from "../administration.module.css";
import { useRightWords } from "../roles/rightWords";
import { NewActDialog } from "./ActDialog";
import type { ActName } from "./actKinds";
import type { Selection } from "./useSelection";

const css = classes(sheet);
const ICONS = {
  place: Building2,
  takeOut: DoorOpen,
  give: KeyRound,
  withdraw: KeySquare,
  enable: UserCheck,
  disable: UserX,
} as const;
const OF_PERSONS = ["place", "takeOut", "enable", "disable"] as const satisfies readonly ActName[];
const OF_ROLES = ["give", "withdraw"] as const satisfies readonly ActName[];

interface BulkBarProps {
  readonly selection: Selection;
  /** The filters: what everybody means, and the unit that persons are likely taken out of. */
  readonly wanted: WantedPersons;
  /** All those shown are selected, and the filters find more. */
  readonly more: boolean;
}

export function BulkBar({ selection, wanted, more }: BulkBarProps) {
  const t = useTranslations("persons");
  const held = useHeld();
  const { missing } = useRightWords();
  const [asked, setAsked] = useState<ActName | null>(null);
  const [widened, setWidened] = useState(false);
  const everybody = widened && more;
  const count = selection.persons.length;
  const manages = held.somewhere("persons.manage");
  const gives = held.somewhere("roles.grant");
  const kinds: readonly ActName[] = [...(manages ? OF_PERSONS : []), ...(gives ? OF_ROLES : [])];
  const tooMany = !everybody && count > MOST_TICKED;
  return (
    <>
      {count > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields.
        <div role="group" aria-label={t("selection")} className={css("bulk")}>
          <span className={css("bulkCount")}>{everybody ? t("everybody") : t("selected", { count })}</span>
          {more && !everybody && (
            <Button small look="quiet" onPress={() => setWidened(true)}>
              {t("selectFound")}
            </Button>
          )}
          {kinds.length === 0 || tooMany ? (
            <Button small why={tooMany ? t("tooMany", { most: MOST_TICKED }) : missing("persons.manage")}>
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
          <Button
            small
            look="quiet"
            icon={X}
            onPress={() => {
              setWidened(false);
              selection.clear();
            }}
          >
            {t("unselect")}
          </Button>
        </div>
      )}
      {asked && (
        <NewActDialog
          kind={asked}
          whom={everybody ? filterOf(wanted) : onlyThese(selection.persons)}
          unit={wanted.unit}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** The institution's tree on one side, one unit on the other; on a narrow screen, one after the other. */
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useHeld } from "#/api/sessions";
import type { Unit } from "#/api/types";
import { useUnits } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "../administration.module.css";
import { useRightWords } from "../roles/rightWords";
import { FoundUnits } from "./FoundUnits";
import { TreeContext, type TreeState, useTreeState } from "./treeState";
import { UnitDialog } from "./UnitDialog";
import { UnitTree } from "./UnitTree";
import own from "./units.module.css";

const css = classes({ ...sheet, ...own });

export function UnitsAdministration() {
  const t = useTranslations("units");
  const navigate = useNavigate();
  const selected = useParams({ strict: false }).unitId ?? null;
  const tree = useTreeState();
  const [words, setWords] = useState("");
  const [adding, setAdding] = useState(false);
  const asked = useSettled(words.trim());
  const roots = useUnits({ parent: null });
  const open = (id: string) => void navigate({ to: "/administration/units/$unitId", params: { unitId: id } });
  useOpenOnly(tree, selected === null ? roots.data?.pages[0]?.items : undefined);
  const none = roots.data?.pages[0]?.items.length === 0;
  return (
    <TreeContext value={tree}>
      <div className={css("sides", selected !== null && "withUnit")}>
        <section className={css("section", "side")} aria-labelledby="units-title">
          <div className={css("head")}>
            <h2 id="units-title" className={css("title")}>
              {t("title")}
            </h2>
            <Button icon={Plus} why={useWhyNoRoot()} onPress={() => setAdding(true)}>
              {t("addRoot")}
            </Button>
          </div>
          {!none && (
            <Field
              label={t("search")}
              type="text"
              autoComplete="off"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
          {roots.error && <ErrorNotice error={roots.error} onRetry={() => void roots.refetch()} />}
          {none && <p className={css("words")}>{t("noneYet")}</p>}
          {asked === "" ? (
            !none && <UnitTree selected={selected} onSelect={open} />
          ) : (
            <FoundUnits words={asked} selected={selected} />
          )}
        </section>
        <div className={css("other")}>
          {selected === null ? <p className={css("teach")}>{t("choose")}</p> : <Outlet />}
        </div>
      </div>
      {adding && <UnitDialog unit={null} parent={null} onClose={() => setAdding(false)} onDone={open} />}
    </TreeContext>
  );
}

/** A tree of one root is opened at once: there is nothing else to choose from. */
function useOpenOnly({ setExpanded }: TreeState, roots: readonly Unit[] | undefined): void {
  const only = roots?.length === 1 ? roots[0]?.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, and not again when somebody closed it.
  useEffect(() => {
    if (only !== undefined) setExpanded(only, true);
  }, [only]);
}

/** A unit at the top of the tree stands under no other: making one takes the right everywhere. */
function useWhyNoRoot(): string | null {
  const held = useHeld();
  const { missing } = useRightWords();
  return held.everywhere("units.manage") ? null : missing("units.manage");
}

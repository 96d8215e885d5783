/** One's latest acts on many persons: those under way, and those that may still be put back. */
import { Layers } from "lucide-react";
import { useState } from "react";
import { isUnderWay, useLatestActs } from "#/api/personActs";
import type { PersonAct } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { ActDialog } from "./ActDialog";
import { actName, progressOf } from "./actKinds";
import { usePlace } from "./usePlace";
import { useWhen } from "./useWhen";

const css = classes(sheet);
const SHOWN = 5;

export function LatestActs() {
  const t = useTranslations("persons");
  const acts = useLatestActs().data ?? [];
  const [open, setOpen] = useState<string | null>(null);
  if (acts.length === 0) return null;
  return (
    <section className={css("section")} aria-labelledby="acts-title">
      <h2 id="acts-title" className={css("title")}>
        {t("acts")}
      </h2>
      <p className={css("small")}>{t("actsWords")}</p>
      <ul className={css("acts")}>
        {acts.slice(0, SHOWN).map((act) => (
          <Line key={act.id} act={act} onOpen={() => setOpen(act.id)} />
        ))}
      </ul>
      {open && <ActDialog id={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Line({ act, onOpen }: { readonly act: PersonAct; readonly onOpen: () => void }) {
  const t = useTranslations("persons");
  const when = useWhen();
  const place = usePlace()(act);
  const name = t(`bulk.${actName(act.kind)}.title`, { count: act.total });
  const came = isUnderWay(act)
    ? t("progress", progressOf(act))
    : act.undone > 0
      ? t("undoneWords", { undone: act.undone, kept: act.kept })
      : t("reportWords", { done: act.done, refused: act.refused });
  return (
    <li className={css("act")}>
      <span className={css("stacked")}>
        <span>{name}</span>
        <span className={css("small")}>{[place, when(act.created_at), came].filter(Boolean).join(" · ")}</span>
      </span>
      <Button small icon={Layers} aria-label={t("openAct", { name, when: when(act.created_at) })} onPress={onOpen}>
        {t("look")}
      </Button>
    </li>
  );
}

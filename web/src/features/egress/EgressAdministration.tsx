/** The network's exits: what the installation lets out, over which days, and every machine with its contacts. */
import { Download } from "lucide-react";
import { useState } from "react";
import { exitsFile, useExits } from "#/api/egress";
import type { Exits } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField } from "#/ui/Field";
import { LinkButton } from "#/ui/LinkButton";
import { Notice } from "#/ui/Notice";
import { ExitsTable } from "./ExitsTable";
import sheet from "./egress.module.css";
import { Purposes } from "./Purposes";

const css = classes(sheet);
const PERIODS = [1, 7, 30, 90, 365] as const;

export function EgressAdministration() {
  const t = useTranslations("egress");
  const [days, setDays] = useState<number>(30);
  const { data, error, refetch } = useExits(days);
  return (
    <section className={css("section")} aria-labelledby="egress-title">
      <div className={css("head")}>
        <h2 id="egress-title" className={css("title")}>
          {t("title")}
        </h2>
        <LinkButton icon={Download} href={exitsFile(days)} download>
          {t("csv")}
        </LinkButton>
      </div>
      <p className={css("about")}>{t("about")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <Mode exits={data} />}
      {data && <Purposes purposes={data.purposes} mode={data.mode} />}
      <div className={css("period")}>
        <ChoiceField
          label={t("period")}
          value={String(days)}
          onChange={(event) => setDays(Number(event.target.value))}
          options={PERIODS.map((count) => [String(count), t("lastDays", { count })])}
        />
      </div>
      {data && <ExitsTable exits={data.items} />}
    </section>
  );
}

function Mode({ exits }: { readonly exits: Exits }) {
  const t = useTranslations("egress");
  const closed = exits.items.filter((one) => one.declared_by !== null && one.host !== "*" && !one.open).length;
  return (
    <Notice meaning={closed > 0 ? "caution" : "plain"}>
      {t(`modes.${exits.mode}`)} {closed > 0 && t("closed", { count: closed })} {t("setting")}
    </Notice>
  );
}

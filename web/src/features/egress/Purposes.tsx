/** What each purpose may contact: its list of hosts, or what is declared for it. */
import type { Exits } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./egress.module.css";

const css = classes(sheet);

interface PurposesProps {
  readonly purposes: Exits["purposes"];
  readonly mode: Exits["mode"];
}

export function Purposes({ purposes, mode }: PurposesProps) {
  const t = useTranslations("egress");
  const format = useFormatter();
  const words = ({ purpose, hosts, declared }: PurposesProps["purposes"][number]): string => {
    if (purpose === "local_models") return t("onMachine");
    if (purpose === "pages" && mode !== "open") return t("noPage");
    if (hosts !== null) return hosts.length > 0 ? t("onlyListed", { hosts: format.list(hosts) }) : t("nothingListed");
    if (purpose === "pages") return t("publicPages");
    return t("anyDeclared", { count: declared });
  };
  return (
    <section className={css("byPurpose")} aria-labelledby="purposes-title">
      <h3 id="purposes-title" className={css("subtitle")}>
        {t("byPurpose")}
      </h3>
      <p className={css("about")}>{t("byPurposeHint")}</p>
      <dl className={css("purposes")}>
        {purposes.map((one) => (
          <div key={one.purpose} className={css("rule")}>
            <dt>{t(`purposes.${one.purpose}`)}</dt>
            <dd>{words(one)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The lists of sites: whose they are, what they hold, what an address falls in. */
import { Download, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRemoveWebSite, useWebSites, useWebSitesFile } from "#/api/sites";
import type { Unit, WebSite, WebSiteList } from "#/api/types";
import { UnitPicker } from "#/features/administration/units/UnitPicker";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { saveFile } from "#/ui/saveFile";
import { Table } from "#/ui/Table";
import { AddSite } from "./AddSite";
import { PreviewSite } from "./PreviewSite";
import sheet from "./sites.module.css";
import { TakeSites } from "./TakeSites";

const css = classes(sheet);

export function SitesAdministration() {
  const t = useTranslations("sites");
  const { data, error, refetch } = useWebSites();
  const [everybody, setEverybody] = useState(true);
  const [unit, setUnit] = useState<Unit | null>(null);
  const unitId = everybody ? null : (unit?.id ?? null);
  const ready = everybody || unit !== null;
  return (
    <section className={css("section")} aria-labelledby="sites-title">
      <h2 id="sites-title" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <fieldset className={css("scope")}>
        <legend>{t("scope")}</legend>
        <Check label={t("everybody")} checked={everybody} onChange={(event) => setEverybody(event.target.checked)} />
        {!everybody && <UnitPicker label={t("unit")} hint={t("unitHint")} value={unit} onChange={setUnit} />}
      </fieldset>
      <div className={css("ways")}>
        <AddSite unitId={unitId} ready={ready} />
        <PreviewSite unitId={unitId} ready={ready} />
        <TakeSites unitId={unitId} ready={ready} />
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <Listed list={data} />}
    </section>
  );
}

function Listed({ list }: { readonly list: WebSiteList }) {
  const t = useTranslations("sites");
  const { toast } = useLive();
  const removing = useRemoveWebSite();
  const writing = useWebSitesFile();
  const remove = (site: WebSite) =>
    removing.mutate(site.id, { onSuccess: () => toast({ words: t("removed", { site: site.pattern }) }) });
  return (
    <>
      {removing.error && <ErrorNotice error={removing.error} />}
      <Table
        caption={t("listed")}
        rows={list.items}
        rowKey={(one) => one.id}
        empty={t("none")}
        columns={[
          { name: t("site"), heading: true, cell: (one) => <span className={css("site")}>{one.pattern}</span> },
          {
            name: t("kind"),
            cell: (one) => (
              <>
                {t(`kinds.${one.tier ?? "denied"}`)}
                <span className={css("unit")}>{one.unit?.name ?? t("everybody")}</span>
              </>
            ),
          },
          { name: t("unit"), secondary: true, cell: (one) => one.unit?.name ?? t("everybody") },
          {
            name: t("actions"),
            quiet: true,
            align: "end",
            narrow: true,
            cell: (one) => (
              <Button
                small
                icon={Trash2}
                aria-label={t("removeOne", { site: one.pattern })}
                onPress={() => remove(one)}
              >
                {t("remove")}
              </Button>
            ),
          },
        ]}
      />
      {list.items.length > 0 && (
        <div>
          <Button
            icon={Download}
            busy={writing.isPending}
            onPress={() => writing.mutate(undefined, { onSuccess: (file) => saveFile(file, "sites.csv") })}
          >
            {t("export")}
          </Button>
        </div>
      )}
      <h3 className={css("sub")}>{t("settings")}</h3>
      <p className={css("about")}>{t("settingsAbout")}</p>
      <Table
        caption={t("settings")}
        rows={list.settings}
        rowKey={(one) => `${one.pattern} ${one.tier}`}
        empty={t("noSettings")}
        columns={[
          { name: t("site"), heading: true, cell: (one) => <span className={css("site")}>{one.pattern}</span> },
          { name: t("kind"), cell: (one) => t(`kinds.${one.tier ?? "denied"}`) },
        ]}
      />
    </>
  );
}

/** The desk: what it asks, looking for works, checking references. */
import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useScholarlyDesk } from "#/api/scholarly";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { PapersPanel } from "#/features/publications/PapersPanel";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { ReferenceCheck } from "./ReferenceCheck";
import { RelatedPanel } from "./RelatedPanel";
import { SearchPanel } from "./SearchPanel";
import sheet from "./scholarly.module.css";

const css = classes(sheet);

export function ScholarlyDesk() {
  const t = useTranslations("scholarly");
  const services = useTranslations("publications.sources");
  const { data: desk, error, refetch } = useScholarlyDesk();
  const [tab, setTab] = useState("search");
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!desk) return null;
  if (!desk.open) return <Notice>{t("closed")}</Notice>;
  const names = desk.sources.map((one) => services(one)).join(", ");
  return (
    <div className={css("desk")}>
      <p className={css("about")}>
        {t("about")} {t("asked", { sources: names })}
      </p>
      <Tabs selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
        <TabList aria-label={t("tabs.label")} className={css("tabs")}>
          <Tab id="search" className={css("tab")}>
            {t("tabs.search")}
          </Tab>
          <Tab id="references" className={css("tab")}>
            {t("tabs.references")}
          </Tab>
          <Tab id="related" className={css("tab")}>
            {t("tabs.related")}
          </Tab>
          <Tab id="papers" className={css("tab")}>
            {t("tabs.papers")}
          </Tab>
        </TabList>
        <TabPanel id="search" className={css("panel")} shouldForceMount>
          <SearchPanel />
        </TabPanel>
        <TabPanel id="references" className={css("panel")} shouldForceMount>
          <ReferenceCheck />
        </TabPanel>
        <TabPanel id="related" className={css("panel")} shouldForceMount>
          <RelatedPanel />
        </TabPanel>
        <TabPanel id="papers" className={css("panel")} shouldForceMount>
          <PapersPanel />
        </TabPanel>
      </Tabs>
    </div>
  );
}

/** A publication as services told it, the cited words highlighted in its abstract: status, identifiers, what is missing. */
import { ExternalLink } from "lucide-react";
import { useMemo, useState } from "react";
import type { Citation, ScholarlyWork } from "#/api/types";
import { LeaveDialog } from "#/features/answer/LeaveDialog";
import { Badges } from "#/features/scholarly/Badges";
import { WorkFacts } from "#/features/scholarly/WorkFacts";
import { PageText } from "#/features/sources/PageText";
import panelSheet from "#/features/sources/panel.module.css";
import webSheet from "#/features/web/web.module.css";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";

const css = classes(webSheet);
const panel = classes(panelSheet);

export interface KeptWork {
  readonly address: string;
  readonly text: string;
  readonly read_at: string;
}

interface WorkShownProps {
  readonly page: KeptWork;
  readonly work: ScholarlyWork;
  readonly citation: Citation | null;
}

export function WorkShown({ page, work, citation }: WorkShownProps) {
  const t = useTranslations();
  const format = useFormatter();
  const [leaving, setLeaving] = useState<string | null>(null);
  const shown = useMemo(() => ({ text: page.text, start: 0 }), [page.text]);
  const quoted = { start: citation?.source_start ?? 0, end: citation?.source_end ?? 0 };
  const told = (work.sources ?? []).map((name) => t(`publications.sources.${name}`));
  const missing = work.missing.map((name) => t(`scholarly.missingNames.${name as "title"}`));
  const read = format.dateTime(new Date(page.read_at), { dateStyle: "long", timeStyle: "short" });
  return (
    <div className={panel("document")}>
      {work.is_retracted && <Notice>{t("publications.isRetracted")}</Notice>}
      <Badges work={work} linked={false} />
      <WorkFacts work={work} linked={false} />
      <PageText page={shown} quoted={quoted} zoom={1} />
      <dl className={css("facts")}>
        <div>
          <dt>{t("publications.toldBy")}</dt>
          <dd>{format.list(told)}</dd>
          <dd>{t("publications.readAt", { moment: read })}</dd>
        </div>
        {missing.length > 0 && (
          <div>
            <dt>{t("publications.missing")}</dt>
            <dd>{format.list(missing, { type: "unit" })}</dd>
          </div>
        )}
      </dl>
      {page.address !== "" && (
        <div>
          <Button small icon={ExternalLink} onPress={() => setLeaving(page.address)}>
            {t("publications.visit")}
          </Button>
        </div>
      )}
      <LeaveDialog address={leaving} onClose={() => setLeaving(null)} />
    </div>
  );
}

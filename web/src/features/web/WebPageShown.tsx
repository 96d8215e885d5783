/** A page of the web as it was read, the passage highlighted: nothing is asked of its site, unless the person goes there. */
import { ExternalLink } from "lucide-react";
import { useContext, useMemo, useState } from "react";
import type { Citation } from "#/api/types";
import { useWebPage } from "#/api/web";
import { LeaveDialog } from "#/features/answer/LeaveDialog";
import { ConversationContext } from "#/features/conversations/current";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { WorkShown } from "#/features/publications/WorkShown";
import { PageText } from "#/features/sources/PageText";
import panelSheet from "#/features/sources/panel.module.css";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./web.module.css";

const css = classes(sheet);
const panel = classes(panelSheet);

interface WebPageShownProps {
  readonly pageId: string;
  readonly citation: Citation | null;
}

export function WebPageShown({ pageId, citation }: WebPageShownProps) {
  const t = useTranslations();
  const format = useFormatter();
  const { data: page, error, refetch } = useWebPage(useContext(ConversationContext) ?? "", pageId);
  const [leaving, setLeaving] = useState<string | null>(null);
  const text = page?.text ?? "";
  const shown = useMemo(() => ({ text, start: 0 }), [text]);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!page) return <p className={panel("coming")}>{t("sources.panel.loading")}</p>;
  if (page.work) return <WorkShown page={page} work={page.work} citation={citation} />;
  const quoted = { start: citation?.source_start ?? 0, end: citation?.source_end ?? 0 };
  const read = format.dateTime(new Date(page.read_at), { dateStyle: "long", timeStyle: "short" });
  return (
    <div className={panel("document")}>
      <PageText page={shown} quoted={quoted} zoom={1} />
      <dl className={css("facts")}>
        <div>
          <dt>{t("web.address")}</dt>
          <dd className={css("pageAddress")} translate="no">
            {page.address}
          </dd>
        </div>
        <div>
          <dt>{t("web.kind")}</dt>
          <dd>{t(`web.tiers.${page.tier}`)}</dd>
        </div>
        <div>
          <dt>{t("web.when")}</dt>
          <dd>{t("web.readAt", { moment: read })}</dd>
          <dd>
            {page.published
              ? t("web.published", {
                  day: format.dateTime(new Date(page.published), { dateStyle: "medium", timeZone: "UTC" }),
                })
              : t("web.undated")}
          </dd>
          {page.author !== "" && <dd>{t("web.author", { name: page.author })}</dd>}
        </div>
      </dl>
      <div>
        <Button small icon={ExternalLink} onPress={() => setLeaving(page.address)}>
          {t("web.visit")}
        </Button>
      </div>
      <LeaveDialog address={leaving} onClose={() => setLeaving(null)} />
    </div>
  );
}

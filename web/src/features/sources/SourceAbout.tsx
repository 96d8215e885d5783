/** What is to be known of a source: who may read it and why, and how well the machine read it. */
import type { FileView } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useFindingWords } from "./findingWords";
import sheet from "./panel.module.css";

const css = classes(sheet);

export function SourceAbout({ view }: { readonly view: FileView }) {
  const t = useTranslations();
  const { collection, version, is_current: current } = view;
  return (
    <dl className={css("about")}>
      <div>
        <dt>{t("sources.panel.who")}</dt>
        <dd>
          {collection
            ? t("sources.panel.collection", {
                name: collection.name,
                owner: collection.owner.name,
                part: t(`sources.panel.parts.${collection.part}`),
              })
            : t("sources.panel.you")}{" "}
          {t("sources.panel.level", { level: t(`models.levels.${view.level}`) })}.
        </dd>
        {version !== null && (
          <dd>{t(current ? "sources.panel.version" : "sources.panel.oldVersion", { number: version })}</dd>
        )}
      </div>
      <Report view={view} />
    </dl>
  );
}

function Report({ view: { report } }: { readonly view: FileView }) {
  const t = useTranslations("sources.panel");
  const format = useFormatter();
  const finding = useFindingWords();
  if (!report) return null;
  const { pages, pages_read: read, pages_recognised: recognised, confidence } = report;
  const percent =
    confidence === null ? null : format.number(confidence, { style: "percent", maximumFractionDigits: 0 });
  return (
    <div>
      <dt>{t("report")}</dt>
      <dd>{pages > 0 ? t("reportPages", { read, pages }) : t("reportWhole")}</dd>
      {recognised > 0 && (
        <dd>
          {percent === null
            ? t("reportRecognisedOnly", { count: recognised })
            : t("reportRecognised", { count: recognised, confidence: percent })}
        </dd>
      )}
      {report.findings.map((one) => (
        <dd key={`${one.code} ${one.page} ${JSON.stringify(one.params)}`}>{finding(one)}</dd>
      ))}
    </div>
  );
}

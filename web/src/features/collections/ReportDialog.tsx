/** The reading report of a file: what was read, how well, what was left out and why. */
import type { ReadingReport, SentFile } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useSize } from "#/features/files/useSize";
import { useFindingWords } from "#/features/sources/findingWords";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import sheet from "./collections.module.css";
import reportSheet from "./report.module.css";
import { confidenceOf } from "./state";

const css = classes(sheet);
const own = classes(reportSheet);

interface ReportDialogProps {
  readonly name: string;
  readonly file: SentFile;
  readonly onClose: () => void;
}

export function ReportDialog({ name, file, onClose }: ReportDialogProps) {
  const t = useTranslations();
  const words = useErrorWords();
  const size = useSize();
  const { report, error } = file;
  return (
    <Dialog isOpen wide onClose={onClose} title={t("collections.report.title")} closeLabel={t("shell.close")}>
      <p className={css("documentName")}>{name}</p>
      {error !== null && <p>{words({ code: error })}</p>}
      {error === null && (
        <p>{report ? t(`collections.report.status.${report.status}`) : t("collections.report.none")}</p>
      )}
      <dl className={own("figures")}>
        <Figure name={t("collections.report.kind")} value={file.kind?.toUpperCase() ?? "–"} />
        <Figure name={t("collections.report.size")} value={size(file.size)} />
        {report && <Figures report={report} />}
      </dl>
      {report && report.pages > 0 && <Bar report={report} />}
      {report && <Findings report={report} />}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  /** Its part of the bar. */
  readonly colour?: "barText" | "barRecognised" | "barLeft";
}

function Figure({ name, value, colour }: FigureProps) {
  return (
    <div>
      <dt>
        {colour && <span aria-hidden="true" className={own("key", colour)} />}
        {name}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

function Figures({ report }: { readonly report: ReadingReport }) {
  const t = useTranslations("collections.report");
  const format = useFormatter();
  const { text, recognised, left } = sharesOf(report);
  const level = confidenceOf(report.confidence);
  const share = format.number(report.confidence ?? 0, { style: "percent" });
  return (
    <>
      {report.pages > 0 && <Figure name={t("pages")} value={format.number(report.pages)} />}
      {text > 0 && <Figure name={t("read")} value={format.number(text)} colour="barText" />}
      {recognised > 0 && <Figure name={t("recognised")} value={format.number(recognised)} colour="barRecognised" />}
      {left > 0 && <Figure name={t("left")} value={format.number(left)} colour="barLeft" />}
      {level !== "none" && <Figure name={t("confidence")} value={t(`confidences.${level}`, { share })} />}
      {report.engine !== null && <Figure name={t("engine")} value={report.engine} />}
    </>
  );
}

/** The same figures as a bar, for whoever would rather look. */
function Bar({ report }: { readonly report: ReadingReport }) {
  const { text, recognised, left } = sharesOf(report);
  return (
    <div className={own("bar")} aria-hidden="true">
      <span className={own("barText")} style={{ flexGrow: text }} />
      <span className={own("barRecognised")} style={{ flexGrow: recognised }} />
      <span className={own("barLeft")} style={{ flexGrow: left }} />
    </div>
  );
}

export function sharesOf({ pages, pages_read, pages_recognised }: ReadingReport) {
  return {
    text: Math.max(0, pages_read - pages_recognised),
    recognised: pages_recognised,
    left: Math.max(0, pages - pages_read),
  };
}

function Findings({ report: { findings } }: { readonly report: ReadingReport }) {
  const t = useTranslations("collections.report");
  const words = useFindingWords();
  if (findings.length === 0) return <p>{t("nothing")}</p>;
  return (
    <section aria-labelledby="findings-title">
      <h3 id="findings-title" className={css("subtitle")}>
        {t("findings")}
      </h3>
      <ul className={css("findings")}>
        {findings.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity and never change place.
          <li key={index}>
            {one.page !== null && <strong>{t("onPage", { page: String(one.page) })} </strong>}
            {words(one)}
          </li>
        ))}
      </ul>
    </section>
  );
}

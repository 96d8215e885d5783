/** The status of a work in words: retracted, preprint, open or not, under which licence, where it may be read. */
import { FileWarning, LockKeyhole, LockKeyholeOpen } from "lucide-react";
import type { ScholarlyWork } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./scholarly.module.css";

const css = classes(sheet);

interface BadgesProps {
  readonly work: ScholarlyWork;
  /** False where leaving is asked for apart. */
  readonly linked?: boolean;
}

export function Badges({ work, linked = true }: BadgesProps) {
  const t = useTranslations("badges");
  const notices = [...new Set((work.notices ?? []).map((one) => one.kind))];
  const relations = new Set((work.relations ?? []).map((one) => one.kind));
  return (
    <p className={css("badges")}>
      {notices.map((kind) => (
        <span key={kind} className={css("badge", kind === "correction" ? "caution" : "refusal")}>
          <FileWarning aria-hidden="true" className={css("icon")} />
          {t(`notices.${kind}`)}
        </span>
      ))}
      {work.kind && <span className={css("badge")}>{t(`kinds.${work.kind}`)}</span>}
      {relations.has("has_preprint") && <span className={css("badge")}>{t("hasPreprint")}</span>}
      {relations.has("published_as") && <span className={css("badge")}>{t("publishedAs")}</span>}
      <Access work={work} linked={linked} />
      {typeof work.citations === "number" && (
        <span className={css("soft")}>{t("citations", { count: work.citations })}</span>
      )}
    </p>
  );
}

function Access({ work: { access }, linked }: Required<BadgesProps>) {
  const t = useTranslations("badges");
  if (access?.is_open === null || access?.is_open === undefined) return null;
  const Icon = access.is_open ? LockKeyholeOpen : LockKeyhole;
  const words = access.licence ? t("openLicence", { licence: access.licence }) : t("open");
  return (
    <>
      <span className={css("badge", access.is_open && "opened")}>
        <Icon aria-hidden="true" className={css("icon")} />
        {access.is_open ? words : t("notOpen")}
      </span>
      {linked && access.url && (
        <a href={access.url} target="_blank" rel="noreferrer noopener" className={css("read")}>
          {t(access.is_pdf ? "readPdf" : "read")}
        </a>
      )}
    </>
  );
}

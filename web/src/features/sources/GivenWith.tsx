/** Under a question: the files, the document bases and the searches that were given with it. */
import { FileText, Globe, GraduationCap, Library } from "lucide-react";
import type { AskedCollection, AskedWeb, AskedWorks, Attachment } from "#/api/types";
import { useSize } from "#/features/files/useSize";
import { FileVerbs } from "#/features/verbs/FileVerbs";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useOpenSource } from "./opening";
import sheet from "./sources.module.css";

const css = classes(sheet);

interface GivenWithProps {
  readonly turnKey: string;
  readonly attachments: readonly Attachment[];
  readonly collections: readonly AskedCollection[];
  readonly web: AskedWeb | null;
  readonly publications: AskedWorks | null;
}

export function GivenWith({ turnKey, attachments, collections, web, publications }: GivenWithProps) {
  const t = useTranslations("sources");
  const words = useTranslations("web");
  const works = useTranslations("publications");
  const size = useSize();
  const open = useOpenSource();
  if (attachments.length + collections.length === 0 && !web && !publications) return null;
  return (
    <ul className={css("given")} aria-label={t("given")}>
      {attachments.map(({ file_id: fileId, name, size: bytes }) => (
        <li key={fileId} className={css("given")}>
          <button
            type="button"
            className={css("chip")}
            onClick={(event) => open({ turnKey, index: null, fileId }, event.currentTarget)}
          >
            <FileText aria-hidden="true" className={css("icon")} />
            <span className={css("chipName")}>
              <span className="visuallyHidden">{t("openFile")} </span>
              {name}
            </span>{" "}
            <span className={css("soft")}>{size(bytes)}</span>
          </button>
          <FileVerbs fileId={fileId} name={name} />
        </li>
      ))}
      {collections.map(({ collection_id: id, name }) => (
        <li key={id} className={css("chip")}>
          <Library aria-hidden="true" className={css("icon")} />
          <span className={css("chipName")}>{name}</span>
        </li>
      ))}
      {web && (
        <li className={css("chip")}>
          <Globe aria-hidden="true" className={css("icon")} />
          <span>{words(web.tiers.length > 0 ? "askedOfficial" : "asked", { query: web.query })}</span>
        </li>
      )}
      {publications && (
        <li className={css("chip")}>
          <GraduationCap aria-hidden="true" className={css("icon")} />
          <span>{works("asked", { query: publications.query })}</span>
        </li>
      )}
    </ul>
  );
}

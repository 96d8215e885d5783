/** Under an answer: what it rests on, file by file, and in plain sentences what was not read, not found, not supported. */
import { BadgeCheck, CircleHelp, FileText } from "lucide-react";
import type { Citation, Notice, PageOfWeb } from "#/api/types";
import { type ErrorCode, useErrorWords } from "#/features/errors/errorWords";
import { useWorksSentences } from "#/features/publications/useWorksSentences";
import { WorkRows } from "#/features/publications/WorkRows";
import { workSources } from "#/features/publications/workSources";
import { Contest } from "#/features/reports/Contest";
import { useWebSentences } from "#/features/web/useWebSentences";
import { WebRows } from "#/features/web/WebRows";
import { webSources } from "#/features/web/webSources";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { groupSources, type Source } from "./grouped";
import { useOpenSource } from "./opening";
import sheet from "./sources.module.css";
import type { SourceNames } from "./useSourceNames";

const css = classes(sheet);

interface SourcesProps {
  readonly turnKey: string;
  readonly turnId: string | null;
  readonly notices: readonly Notice[];
  readonly checks: readonly Citation[];
  readonly names: SourceNames;
  readonly pages: ReadonlyMap<string, PageOfWeb>;
}

export function Sources({ turnKey, turnId, notices, checks, names, pages }: SourcesProps) {
  const t = useTranslations("sources");
  const errors = useErrorWords();
  const sources = groupSources(notices, checks);
  const { files, verified, unsupported } = sources;
  const web = webSources(notices, checks);
  const ofWeb = useWebSentences(web);
  const published = workSources(notices, checks);
  const ofWorks = useWorksSentences(published);
  const read = files.some((one) => one.read) || web.pages.length + published.works.length > 0;
  const sentences = [
    sources.searchFailed !== null && t("searchFailed", { reason: errors({ code: sources.searchFailed, params: {} }) }),
    sources.nothingFound && t("nothing"),
    sources.withdrawn && t("withdrawn"),
    sources.engineDown && t("engineDown"),
    sources.lexical && t("lexical"),
    read && verified + unsupported === 0 && t("notCited"),
    ...ofWeb,
    ...ofWorks,
  ].filter((sentence) => sentence !== false);
  if (files.length + web.pages.length + published.works.length + sentences.length === 0) return null;
  return (
    <section className={css("sources")} aria-label={t("title")}>
      <p className={css("summary")}>
        <strong>{t("title")}</strong>
        {verified > 0 && (
          <span className={css("mark", "verified")}>
            <BadgeCheck aria-hidden="true" className={css("icon")} />
            {t("verified", { count: verified })}
          </span>
        )}
        {unsupported > 0 && (
          <span className={css("mark", "unsupported")}>
            <CircleHelp aria-hidden="true" className={css("icon")} />
            {t("unsupported", { count: unsupported })}
          </span>
        )}
      </p>
      {files.length > 0 && (
        <ul>
          {files.map((source) => (
            <SourceRow key={source.fileId} source={source} turnKey={turnKey} turnId={turnId} names={names} />
          ))}
        </ul>
      )}
      {web.pages.length > 0 && <WebRows turnKey={turnKey} sources={web.pages} pages={pages} />}
      {published.works.length > 0 && <WorkRows turnKey={turnKey} sources={published.works} pages={pages} />}
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {[sources.searchFailed, web.notSearched, published.notSearched].map(
        (code, place) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: three places, always the same.
          code !== null && <Contest key={place} code={code} turnId={turnId} />,
      )}
    </section>
  );
}

interface SourceRowProps {
  readonly source: Source;
  readonly turnKey: string;
  readonly turnId: string | null;
  readonly names: SourceNames;
}

function SourceRow({ source, turnKey, turnId, names }: SourceRowProps) {
  const t = useTranslations("sources");
  const format = useFormatter();
  const errors = useErrorWords();
  const open = useOpenSource();
  const { fileId, numbers, pages, read, seen, recognised, unread, first } = source;
  const name = names.nameOf(fileId);
  const readable = names.isReadable(fileId) && unread === null;
  const about = [
    pages.length > 0 && t("pages", { count: pages.length, list: format.list(pages.map(String), { type: "unit" }) }),
    read && t(`read.${read.manner}`, { shown: read.shown, total: read.total, percent: read.percent }),
    recognised && (recognised.all ? t("recognised") : t("recognisedPart", { count: recognised.pages })),
    seen > 0 && t("seen", { count: seen }),
    unread !== null && t("unread", { reason: errors({ code: unread as ErrorCode, params: {} }) }),
  ].filter(Boolean);
  return (
    <li className={css("source")}>
      <FileText aria-hidden="true" className={css("icon")} />
      <span>
        {readable ? (
          <button
            type="button"
            className={css("name")}
            onClick={(event) => open({ turnKey, index: first, fileId }, event.currentTarget)}
          >
            {name}
          </button>
        ) : (
          <span className={css("lost")}>{name}</span>
        )}
        {numbers.length > 0 && <sup className={css("numbers")}>{numbers.join(", ")}</sup>}
        {about.length > 0 && <span className={css("about")}>{about.join(" · ")}</span>}
        {unread !== null && <Contest code={unread} turnId={turnId} />}
      </span>
    </li>
  );
}

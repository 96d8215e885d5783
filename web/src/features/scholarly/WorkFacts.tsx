/** Identifiers of a work, its other versions, and the notices about it: each leads to where it can be checked. */
import type { ScholarlyWork } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./scholarly.module.css";
import { addressOf, identifiersOf, type Named } from "./works";

const css = classes(sheet);

interface WorkFactsProps {
  readonly work: ScholarlyWork;
  /** False where leaving is asked for apart. */
  readonly linked?: boolean;
}

export function WorkFacts({ work, linked = true }: WorkFactsProps) {
  const t = useTranslations("scholarly");
  const told = useTranslations("badges.notices");
  const services = useTranslations("publications.sources");
  const relations = work.relations ?? [];
  const elsewhere = new Set(relations.map(({ scheme, value }) => `${scheme} ${value}`));
  const known = identifiersOf(work).filter(({ scheme, value }) => !elsewhere.has(`${scheme} ${value}`));
  const notices = work.notices ?? [];
  if (known.length + relations.length + notices.length === 0) return null;
  return (
    <dl className={css("facts")}>
      {notices.map((notice) => (
        <div key={`${notice.kind} ${notice.doi}`}>
          <dt className={css("ill")}>{told(notice.kind)}</dt>
          <dd>
            {notice.date && <Day written={notice.date} />}
            {notice.doi && <Identifier named={{ scheme: "doi", value: notice.doi }} linked={linked} />}
            <span>{t("noticeBy", { source: services(notice.told_by) })}</span>
          </dd>
        </div>
      ))}
      {relations.map((relation) => (
        <div key={`${relation.kind} ${relation.value ?? relation.reference}`}>
          <dt>{t(`relations.${relation.kind}`)}</dt>
          <dd>
            {relation.scheme && relation.value ? (
              <Identifier named={{ scheme: relation.scheme, value: relation.value }} linked={linked} />
            ) : (
              relation.reference
            )}
          </dd>
        </div>
      ))}
      {known.length > 0 && (
        <div>
          <dt>{t("identifiers")}</dt>
          <dd>
            {known.map((one) => (
              <Identifier key={one.scheme} named={one} linked={linked} />
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Identifier({ named, linked }: { readonly named: Named; readonly linked: boolean }) {
  const t = useTranslations("scholarly");
  const words = `${t(`schemes.${named.scheme}`)}\u00a0${named.value}`;
  return (
    <span translate="no">
      {linked ? (
        <a href={addressOf(named)} target="_blank" rel="noreferrer noopener">
          {words}
        </a>
      ) : (
        words
      )}
    </span>
  );
}

/** A date as exact as it was told: a day, a month or a year. */
function Day({ written }: { readonly written: string }) {
  const format = useFormatter();
  const [year, month, day] = written.split("-").map(Number);
  if (year === undefined || month === undefined) return <span>{written}</span>;
  const at = new Date(Date.UTC(year, month - 1, day ?? 1));
  const shown = { year: "numeric", month: "long", timeZone: "UTC" } as const;
  const exact = { ...shown, day: "numeric" } as const;
  return <time dateTime={written}>{format.dateTime(at, day === undefined ? shown : exact)}</time>;
}

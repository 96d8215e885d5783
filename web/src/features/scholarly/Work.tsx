/** One work: what the sources say of it, its status, and what none of them says. */
import type { ReactNode } from "react";
import type { ScholarlyWork } from "#/api/types";
import { inCharacters } from "#/features/formulas/parts";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { Badges } from "./Badges";
import sheet from "./scholarly.module.css";
import { WorkFacts } from "./WorkFacts";

const css = classes(sheet);
const SHOWN_AUTHORS = 6;

interface WorkProps {
  readonly work: ScholarlyWork;
  readonly isChosen?: boolean;
  readonly onChoose?: (on: boolean) => void;
  /** Why it is shown here. */
  readonly children?: ReactNode;
}

export function Work({ work, isChosen = false, onChoose, children }: WorkProps) {
  const t = useTranslations("scholarly");
  const services = useTranslations("publications.sources");
  const title = work.title ?? t("untitled");
  const short = inCharacters(title);
  return (
    <li className={css("work")}>
      <h3 className={css("title")} {...(work.language ? { lang: work.language.slice(0, 2).toLowerCase() } : {})}>
        {work.link ? (
          <a href={work.link} target="_blank" rel="noreferrer noopener">
            <WithFormulas text={title} />
          </a>
        ) : (
          <WithFormulas text={title} />
        )}
      </h3>
      <Byline work={work} />
      <Badges work={work} />
      <WorkFacts work={work} />
      {children}
      {work.abstract && (
        <details className={css("abstract")}>
          <summary>{t("abstract")}</summary>
          <p>
            <WithFormulas text={work.abstract} />
          </p>
        </details>
      )}
      {work.missing.length > 0 && <Missing names={work.missing} />}
      <div className={css("foot")}>
        <span className={css("soft")}>
          {t("toldBy", { sources: (work.sources ?? []).map((one) => services(one)).join(", ") })}
        </span>
        {onChoose && (
          <Check
            label={t("choose", { title: short.length > 60 ? `${short.slice(0, 60)}…` : short })}
            checked={isChosen}
            onChange={(event) => onChoose(event.target.checked)}
          />
        )}
      </div>
    </li>
  );
}

function Byline({ work }: { readonly work: ScholarlyWork }) {
  const t = useTranslations("scholarly");
  const names = (work.authors ?? []).map((one) => one.name);
  const shown = names.slice(0, SHOWN_AUTHORS).join(", ");
  const more = names.length - SHOWN_AUTHORS;
  const authors = more > 0 ? t("authorsMore", { names: shown, count: more }) : shown;
  const printed = [work.venue, work.year].filter(Boolean).join(" · ");
  return (
    <p className={css("byline")}>
      {authors !== "" && <span>{authors}</span>}
      {printed !== "" && <span className={css("soft")}>{printed}</span>}
    </p>
  );
}

function Missing({ names }: { readonly names: readonly string[] }) {
  const t = useTranslations("scholarly");
  const words = names.map((name) => t(`missingNames.${name as "title"}`)).join(", ");
  return <p className={css("missing")}>{t("missing", { names: words })}</p>;
}

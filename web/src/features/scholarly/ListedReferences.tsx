/** References of a draft, each with its verdict, what that means, the work found, and the way to a fix. */
import { CircleAlert, CircleCheck, CircleHelp, Copy, OctagonX } from "lucide-react";
import { useState } from "react";
import type { ListedReference } from "#/api/types";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./scholarly.module.css";

const css = classes(sheet);
const ICONS = {
  found: CircleCheck,
  wrong_year: CircleAlert,
  wrong_author: CircleAlert,
  wrong_doi: CircleAlert,
  retracted: OctagonX,
  not_found: OctagonX,
  unchecked: CircleHelp,
} as const;

interface ListedProps {
  readonly title: string;
  readonly listed: readonly { readonly reference: ListedReference; readonly place: number }[];
  readonly folded?: boolean;
}

export function ListedReferences({ title, listed, folded = false }: ListedProps) {
  const list = (
    <ol className={css("list")}>
      {listed.map(({ reference, place }) => (
        <Reference key={place} checked={reference} />
      ))}
    </ol>
  );
  if (folded) {
    return (
      <details className={css("abstract")}>
        <summary>{`${title} (${listed.length})`}</summary>
        {list}
      </details>
    );
  }
  return (
    <section className={css("results")}>
      <h3 className={css("title")}>{title}</h3>
      {list}
    </section>
  );
}

function Reference({ checked }: { readonly checked: ListedReference }) {
  const t = useTranslations("scholarly.check");
  const { written, verdict, flaws, work, label, key } = checked;
  const Icon = ICONS[verdict];
  const authors = (work?.authors ?? [])
    .map((one) => one.name)
    .slice(0, 4)
    .join(", ");
  const others = flaws.filter((flaw) => !verdict.endsWith(flaw) && flaw !== "retracted");
  return (
    <li className={css("work")}>
      <p className={css("verdict", verdict)}>
        <Icon aria-hidden="true" className={css("icon")} />
        {t(`verdicts.${verdict}`)}
        {(key ?? label) && <span className={css("soft")}>{` [${key ?? label}]`}</span>}
      </p>
      <p className={css("written")}>{written}</p>
      <p className={css("soft")}>{t(`meanings.${verdict}`, { year: String(work?.year ?? "–"), authors })}</p>
      {others.length > 0 && (
        <p className={css("soft")}>{t("also", { flaws: others.map((flaw) => t(`flaws.${flaw}`)).join(", ") })}</p>
      )}
      {work?.title && <Found work={work} />}
      {checked.proposal && <Proposal words={checked.proposal} />}
    </li>
  );
}

function Found({ work }: { readonly work: NonNullable<ListedReference["work"]> }) {
  const t = useTranslations("scholarly.check");
  const words = <WithFormulas text={t("work", { title: work.title ?? "" })} />;
  return (
    <p className={css("soft")}>
      {work.link ? (
        <a href={work.link} target="_blank" rel="noreferrer noopener">
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  );
}

function Proposal({ words }: { readonly words: string }) {
  const t = useTranslations("scholarly.check");
  const [copied, setCopied] = useState(false);
  return (
    <div className={css("proposal")}>
      <p className={css("written")}>
        <strong>{t("proposal")}</strong> {words}
      </p>
      <Button small icon={Copy} onPress={() => void navigator.clipboard.writeText(words).then(() => setCopied(true))}>
        {t(copied ? "copied" : "copy")}
      </Button>
    </div>
  );
}

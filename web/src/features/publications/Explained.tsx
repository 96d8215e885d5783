/** An explanation: the caption, what the text holds with its passages, what it does not hold apart, and what was seen. */
import type { PaperExplanation } from "#/api/types";
import deskSheet from "#/features/scholarly/scholarly.module.css";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { HeldPassages } from "./HeldPassages";
import sheet from "./papers.module.css";

const desk = classes(deskSheet);
const css = classes(sheet);

export function Explained({ explanation }: { readonly explanation: PaperExplanation }) {
  const { about, text, is_said, held, unheld, quoted, seen, unseen } = explanation;
  const t = useTranslations("papers");
  const called = t(`called.${about.kind}`, { number: about.number });
  return (
    <article className={css("written")} aria-label={`${t("explained")} – ${called}`}>
      <h3 className={desk("title")}>
        {called}
        {about.page !== null && `, ${t("page", { page: String(about.page) })}`}
      </h3>
      {about.caption !== null && <blockquote className={css("caption")}>{about.caption}</blockquote>}
      {about.kind !== "passage" && <p className={css("soft")}>{t("mentions", { count: about.mentions })}</p>}
      {is_said ? <p className={css("text")}>{text}</p> : <Notice>{t("nothingExplained")}</Notice>}
      {!is_said && quoted.length > 0 && <Quoted quoted={quoted} />}
      {held.length > 0 && <HeldPassages held={held} />}
      <Notice>{seen ? t("seen") : t(`unseen.${unseen ?? "no_model"}`)}</Notice>
      {unheld.length > 0 && <Unheld unheld={unheld} />}
    </article>
  );
}

/** What the paper itself says of it: there is always that to read. */
function Quoted({ quoted }: { readonly quoted: PaperExplanation["quoted"] }) {
  const t = useTranslations("papers");
  return (
    <section aria-label={t("inItsWords")}>
      <h4 className={css("inItsWords")}>{t("inItsWords")}</h4>
      {quoted.map(({ start, page, text }) => (
        <blockquote key={start} className={css("caption")}>
          {text} {page !== null && <span className={css("soft")}>({t("page", { page: String(page) })})</span>}
        </blockquote>
      ))}
    </section>
  );
}

function Unheld({ unheld }: { readonly unheld: PaperExplanation["unheld"] }) {
  const t = useTranslations("papers");
  const why = useTranslations("sources");
  return (
    <Notice meaning="caution">
      <p>{t("unheld", { count: unheld.length })}</p>
      <ul className={css("unheld")}>
        {unheld.map(({ text, reason }) => (
          <li key={text}>
            {text}{" "}
            <span className={css("soft")}>
              {reason === "number_unknown" ? t("unknownNumber") : capital(why(`reasons.${reason}`))}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

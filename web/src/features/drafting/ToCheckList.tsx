/** What a person must still check of a draft, by kind, what came from nowhere first; each leads to its place. */
import type { ToCheck } from "#/api/types";
import desk from "#/features/writing/desk.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import sheet from "./drafting.module.css";

const css = classes(desk, sheet);
const KINDS = ["empty", "figure", "amount", "date", "reference", "promise", "name"] as const;

interface ToCheckListProps {
  readonly findings: readonly ToCheck[];
  readonly onShow: (finding: ToCheck) => void;
}

export function ToCheckList({ findings, onShow }: ToCheckListProps) {
  const t = useTranslations("drafting.check");
  return (
    <section className={css("section")} aria-labelledby="drafting-check">
      <h3 id="drafting-check" className={css("subtitle")}>
        {t("title")}
      </h3>
      {findings.length === 0 ? (
        <Notice>
          <p>{t("none")}</p>
        </Notice>
      ) : (
        <p className={css("about")}>{t("about")}</p>
      )}
      {KINDS.map((kind) => {
        const found = findings.filter((one) => one.kind === kind);
        if (found.length === 0) return null;
        const sorted = eachOnce(found).toSorted(([one], [other]) => Number(one.given) - Number(other.given));
        return (
          <div key={kind} className={css("kind")}>
            <h4 className={css("kindTitle")}>{t(`kinds.${kind}`)}</h4>
            <ul className={css("findings")}>
              {sorted.map(([one, times]) => (
                <li key={`${one.start}-${one.end}`}>
                  <Button
                    look="quiet"
                    small
                    start
                    wide
                    aria-label={t("show", { words: one.words })}
                    onPress={() => onShow(one)}
                  >
                    <span className={css("found")}>
                      {one.words}
                      {times > 1 && ` × ${times}`}
                    </span>
                  </Button>
                  {!one.given && kind !== "empty" && kind !== "figure" && kind !== "promise" && (
                    <p className={css("invented")}>{t("invented")}</p>
                  )}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

/** The same words are told once, where they come first, with how often they do. */
function eachOnce(found: readonly ToCheck[]): (readonly [ToCheck, number])[] {
  const first = found.filter((one, at) => found.findIndex(({ words }) => words === one.words) === at);
  return first.map((one) => [one, found.filter(({ words }) => words === one.words).length]);
}

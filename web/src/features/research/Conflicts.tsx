/** Contradictions, side by side: two sources, in their own words. */
import type { Research } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { NoteWords } from "./NoteWords";
import sheet from "./research.module.css";
import type { Place } from "./SourceDialog";

const css = classes(sheet);

interface ConflictsProps {
  readonly research: Research;
  readonly onOpen: (place: Place) => void;
}

export function Conflicts({ research: { conflicts, sources }, onOpen }: ConflictsProps) {
  const t = useTranslations("research.conflicts");
  const of = (wanted: number) => sources.find(({ number }) => number === wanted);
  return (
    <section className={css("part")} aria-labelledby="research-conflicts">
      <h3 id="research-conflicts" className={css("subtitle")}>
        {t("title", { count: conflicts.length })}
      </h3>
      <ul className={css("pairs")}>
        {conflicts.map(({ first, second, kind, item }) => (
          <li key={`${item} ${first.source}.${first.rank} ${second.source}.${second.rank}`} className={css("conflict")}>
            <p className={css("strong")}>{t(kind)}</p>
            <div className={css("pair")}>
              <NoteWords note={first} source={of(first.source)} onOpen={onOpen} />
              <NoteWords note={second} source={of(second.source)} onOpen={onOpen} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

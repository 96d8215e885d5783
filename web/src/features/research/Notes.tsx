/** Reading notes, by sub-question, as they come. */
import type { Research } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { NoteWords } from "./NoteWords";
import sheet from "./research.module.css";
import type { Place } from "./SourceDialog";

const css = classes(sheet);

interface NotesProps {
  readonly research: Research;
  readonly onOpen: (place: Place) => void;
}

export function Notes({ research, onOpen }: NotesProps) {
  const t = useTranslations("research");
  const { items, notes, sources, refused_quotations: refused } = research;
  return (
    <details className={css("part")} open={research.sections.length === 0}>
      <summary className={css("subtitle")}>{t("notes", { count: notes.length })}</summary>
      {refused > 0 && <p className={css("soft")}>{t("refused", { count: refused })}</p>}
      {items.map(({ question }, place) => {
        const own = notes.filter(({ item }) => item === place);
        if (own.length === 0) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a confirmed plan keeps its order.
          <section key={place} className={css("notes")}>
            <h4 className={css("strong")}>{question}</h4>
            {own.map((note) => (
              <NoteWords
                key={`${note.source} ${note.rank}`}
                note={note}
                source={sources.find(({ number }) => number === note.source)}
                onOpen={onOpen}
              />
            ))}
          </section>
        );
      })}
    </details>
  );
}

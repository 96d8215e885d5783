/** A note: the words of the source, verbatim, and what they tell; its number opens the source where they stand. */

import type { ResearchNote, ResearchSource } from "#/api/types";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./research.module.css";
import type { Place } from "./SourceDialog";

const css = classes(sheet);

interface NoteWordsProps {
  readonly note: ResearchNote;
  readonly source: ResearchSource | undefined;
  readonly onOpen: (place: Place) => void;
}

export function NoteWords({ note, source, onOpen }: NoteWordsProps) {
  const t = useTranslations("research");
  return (
    <figure className={css("note")}>
      <blockquote className={css("quote")}>{t("quoted", { words: note.quote })}</blockquote>
      {note.told !== "" && note.told !== note.quote && <p className={css("soft")}>{note.told}</p>}
      <figcaption className={css("soft", "caption")}>
        <button
          type="button"
          className={css("number")}
          aria-label={t("openSource", { number: note.source })}
          onClick={() => onOpen({ source: note.source, start: note.start, end: note.end })}
        >
          {note.source}
        </button>
        <span className={css("asked")}>
          <WithFormulas text={source?.title ?? ""} />
        </span>
      </figcaption>
    </figure>
  );
}

/** A source as it was read, with the words that were cited marked: nothing is asked of its site. */
import { useResearchSource } from "#/api/research";
import type { Research } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { PageText } from "#/features/sources/PageText";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import sheet from "./research.module.css";
import { SourceAbout } from "./SourceList";

const css = classes(sheet);

export interface Place {
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

interface SourceDialogProps {
  readonly research: Research;
  readonly place: Place | null;
  readonly onClose: () => void;
}

export function SourceDialog({ research, place, onClose }: SourceDialogProps) {
  const t = useTranslations("research");
  const { data, error, refetch } = useResearchSource(research.id, place?.source ?? null);
  const source = research.sources.find(({ number }) => number === place?.source);
  return (
    <Dialog
      wide
      isOpen={place !== null}
      onClose={onClose}
      title={<WithFormulas text={source?.title ?? t("source")} />}
      closeLabel={t("closeSource")}
    >
      <div className={css("section")}>
        {source && <SourceAbout source={source} />}
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data && place && data.number === place.source && (
          <PageText page={{ text: data.text, start: 0 }} quoted={place} zoom={1} />
        )}
      </div>
    </Dialog>
  );
}

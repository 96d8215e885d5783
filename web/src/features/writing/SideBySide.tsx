/** Sentences beside those they come from, as they are written; what is doubtful is marked with its reason. */
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import type { Work, WrittenSegment } from "#/api/types";
import { useSegments } from "#/api/writing";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useReasonWords } from "./useReasonWords";
import sheet from "./writing.module.css";

const css = classes(sheet);

export function SideBySide({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const after = starts[starts.length - 1] ?? 0;
  const { data } = useSegments(work.id, work.done, after);
  if (!data || data.items.length === 0) return null;
  const following = data.next;
  return (
    <section className={css("section")} aria-labelledby="writing-beside">
      <h3 id="writing-beside" className={css("subtitle")}>
        {t("beside")}
      </h3>
      <ol className={css("pairs")}>
        {data.items.map((segment) => (
          <SegmentShown key={segment.number} segment={segment} work={work} />
        ))}
      </ol>
      <div className={css("actions")}>
        {starts.length > 1 && <Button onPress={() => setStarts(starts.slice(0, -1))}>{t("previous")}</Button>}
        {following !== null && <Button onPress={() => setStarts([...starts, following])}>{t("next")}</Button>}
      </div>
    </section>
  );
}

interface SegmentShownProps {
  readonly segment: WrittenSegment;
  readonly work: Work;
}

function SegmentShown({ segment, work }: SegmentShownProps) {
  const reason = useReasonWords();
  const t = useTranslations("writing");
  const { number, pairs, reasons, state } = segment;
  return (
    <li id={`segment-${number}`} className={css("segment", reasons.length > 0 && "doubtful")}>
      {pairs.map((pair, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences of a segment are known by their place
        <div key={place} className={css("pair")}>
          <p lang={work.source} className={css("source")}>
            {pair.source}
          </p>
          <p lang={state === "kept" ? work.source : work.to}>{pair.written}</p>
        </div>
      ))}
      {reasons.length > 0 && (
        <p className={css("doubt")}>
          <CircleAlert aria-hidden="true" className={css("doubtIcon")} />
          <span>
            {state === "kept" ? t("asItWas") : t("toCheck")} {reasons.map(reason).join(" ")}
          </span>
        </p>
      )}
    </li>
  );
}

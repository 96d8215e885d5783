/** An answer as a text; its renderer is fetched apart from the page's first load. */
import { lazy, Suspense } from "react";
import type { AnswerProps } from "#/features/answer";
import { classes } from "#/ui/classes";
import sheet from "./AnswerText.module.css";

const css = classes(sheet);
const PAUSES = [500, 2_000, 8_000]; // milliseconds between tries, where the line is cut
const load = () => import("#/features/answer");
const Answer = lazy(async () => {
  for (const pause of PAUSES) {
    const loaded = await load().catch(() => null);
    if (loaded) return { default: loaded.Answer };
    await new Promise((done) => setTimeout(done, pause));
  }
  return { default: PlainText }; // the words, at least, until the page is loaded again
});

/** Fetches the renderer ahead of the first answer. */
export function preloadAnswers(): void {
  void load().catch(() => undefined);
}

interface AnswerTextProps {
  readonly text: string;
  readonly streaming: boolean;
  readonly findings?: NonNullable<AnswerProps["findings"]> | null;
  readonly links?: NonNullable<AnswerProps["links"]> | null;
  readonly onCite?: NonNullable<AnswerProps["onCite"]>;
}

export function AnswerText({ text, streaming, findings = null, links = null, onCite }: AnswerTextProps) {
  return (
    <div className={css("answer")}>
      <Suspense fallback={<PlainText text={text} />}>
        {/* Offered once it is set: words that are replaced while they are selected leave a selection of nothing. */}
        <div {...(!streaming && { "data-passage": "answer" })}>
          <Answer text={text} streaming={streaming} findings={findings} links={links} {...(onCite && { onCite })} />
        </div>
      </Suspense>
    </div>
  );
}

/** The same words without their setting. */
export function PlainText({ text }: { readonly text: string }) {
  return <div className={css("answer", "plain")}>{text}</div>;
}

/** An answer as a text; its renderer is fetched apart from the page's first load. */
import { lazy, Suspense, useCallback, useEffect, useRef } from "react";
import { classes } from "#/ui/classes";
import sheet from "./AnswerText.module.css";
import { orderHeadings } from "./headingOrder";

const css = classes(sheet);
const load = () => import("#/features/answer");
const Answer = lazy(async () => ({ default: (await load()).Answer }));

/** Fetches the renderer ahead of the first answer. */
export function preloadAnswers(): void {
  void load().catch(() => undefined);
}

interface AnswerTextProps {
  readonly text: string;
  readonly streaming: boolean;
}

export function AnswerText({ text, streaming }: AnswerTextProps) {
  const host = useRef<HTMLDivElement>(null);
  const order = useCallback(() => host.current && orderHeadings(host.current), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new piece of text may bring a heading.
  useEffect(() => {
    const frame = requestAnimationFrame(order);
    return () => cancelAnimationFrame(frame);
  }, [text, order]);
  return (
    <div ref={host} className={css("answer")}>
      <Suspense fallback={<PlainText text={text} />}>
        <Answer text={text} streaming={streaming} onReady={order} />
      </Suspense>
    </div>
  );
}

/** The same words without their setting. */
export function PlainText({ text }: { readonly text: string }) {
  return <div className={css("answer", "plain")}>{text}</div>;
}

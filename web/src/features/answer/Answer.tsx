/** An answer as a text: Markdown that may still be growing, set with care and inert whatever it holds. */
import { type ClipboardEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CiteTip, useTip } from "./CiteTip";
import { copyToClipboard } from "./clipboard";
import { copySelection } from "./copySelection";
import { LeaveDialog } from "./LeaveDialog";
import type { AnswerLabels } from "./labels";
import { isAmong } from "./links";
import { type Finding, marksOf } from "./marks";
import { css } from "./style";
import { type AnswerView, answerView } from "./view";

const RIGHT_BUTTON = 2;

export interface AnswerProps {
  readonly text: string;
  /** More text may come. */
  readonly streaming: boolean;
  /** The whole text is there, in its final form and place. */
  readonly onReady?: () => void;
  /** What was checked of its sentences; null or absent when it has nothing to rest on. */
  readonly findings?: readonly Finding[] | null;
  /** The only addresses of the web that are links; null or absent when any may be, once it says where it leads. */
  readonly links?: ReadonlySet<string> | null;
  /** A citation was pressed: its place in the list, and the button to come back to. */
  readonly onCite?: (index: number, from: HTMLElement) => void;
}

export function Answer({ text, streaming, onReady, findings = null, links = null, onCite }: AnswerProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<AnswerView | null>(null);
  const ready = useRef(onReady);
  const labels = useLabels();
  const marks = useMemo(() => findings && marksOf(text, findings, streaming), [text, findings, streaming]);
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    ready.current = onReady;
  }, [onReady]);
  useLayoutEffect(() => {
    if (!host.current) return;
    const leads = (href: string) => links === null || isAmong(links, href);
    const opened = answerView(host.current, { labels, leads, onReady: () => ready.current?.() });
    view.current = opened;
    return opened.close;
  }, [labels, links]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view in other words begins again with the whole text.
  useLayoutEffect(() => view.current?.show(text, streaming, marks), [text, streaming, marks, labels, links]);

  const tip = useTip();
  const act = (event: MouseEvent) => {
    if (event.button === RIGHT_BUTTON) return;
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a");
    if (link) {
      event.preventDefault();
      setLeaving(link.href);
    }
    const button = target?.closest("[data-action=copy-code]");
    if (button) void copyCode(button, labels);
    const cited = target?.closest<HTMLElement>("[data-action^='cite:']");
    if (cited) onCite?.(Number(cited.dataset["action"]?.slice("cite:".length)), cited);
  };

  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: these are clicks on the links and buttons inside, keyboard included. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: same. */}
      <div ref={host} className={css("answer")} onClick={act} onAuxClick={act} onCopy={copy} {...tip.watch} />
      <CiteTip shown={tip.shown} />
      <LeaveDialog address={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function copy(event: ClipboardEvent): void {
  if (copySelection(getSelection(), event.clipboardData)) event.preventDefault();
}

async function copyCode(button: Element, labels: AnswerLabels): Promise<void> {
  const code = button.closest("figure")?.querySelector("code")?.textContent ?? "";
  const copied = await copyToClipboard(code);
  button.textContent = copied ? labels.copied : labels.notCopied;
  const read = copied ? 2_000 : 6_000;
  setTimeout(() => {
    button.textContent = labels.copy;
  }, read);
}

function useLabels(): AnswerLabels {
  const t = useTranslations("answer");
  return useMemo(
    () => ({
      copy: t("copy"),
      copied: t("copied"),
      notCopied: t("notCopied"),
      copyCode: t("copyCode"),
      code: (language) => (language === "" ? t("code") : t("codeIn", { language })),
      table: (columns) => t("table", { columns }),
      done: t("done"),
      toDo: t("toDo"),
      picture: (words, address) => t("picture", { words: words || t("noWords"), address }),
    }),
    [t],
  );
}

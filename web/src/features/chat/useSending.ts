/**
 * Sends what the composer holds. Asked before the models are known, or before its files have left, the question
 * waits for them, in sight; and whatever
 * keeps it from leaving is told: nothing a person asks is dropped without a word.
 */
import { useEffect, useRef, useState } from "react";
import type { useModels } from "#/api/models";
import type { Model } from "#/api/types";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";

interface ToSend {
  readonly text: string;
  readonly models: ReturnType<typeof useModels>;
  readonly chosen: Model | null;
  /** Why nothing can leave, in words; they are on screen too. */
  readonly obstacle: string | null;
  /** An answer is being written. */
  readonly running: boolean;
  /** The question before is still leaving. */
  readonly sending: boolean;
  /** Files given with it are still leaving this device. */
  readonly leaving: boolean;
  /** How many of its files failed. */
  readonly failed: number;
  readonly onSend: (text: string, model: string) => void;
}

export interface Sending {
  /** The question leaves as soon as the models are known. */
  readonly waiting: boolean;
  readonly send: () => void;
  /** The question no longer waits; its text stays. */
  readonly hold: () => void;
}

export function useSending({
  text,
  models,
  chosen,
  obstacle,
  running,
  sending,
  leaving,
  failed,
  onSend,
}: ToSend): Sending {
  const t = useTranslations();
  const { announce, toast } = useLive();
  const [asked, setAsked] = useState(false);
  const failedBefore = useRef(0);
  const words = text.trim();
  const wait = (why: "chat.waiting" | "given.waiting") => {
    setAsked(true);
    failedBefore.current = failed;
    announce(t(why));
  };
  const waitForModels = () => {
    if (!models.isFetching) void models.refetch();
    wait("chat.waiting");
  };
  const send = () => {
    if (words === "" || sending) return;
    if (running) toast({ words: t("errors.conversation_busy") });
    else if (obstacle !== null) announce(obstacle);
    else if (leaving) wait("given.waiting");
    else if (chosen) onSend(words, chosen.id);
    else waitForModels();
  };
  const latest = useRef(send);
  latest.current = send;
  const known = models.data !== undefined;
  const settled = !models.isPending;
  useEffect(() => {
    if (!asked) return;
    // It was asked of a file that failed too: whoever asks decides whether it leaves without it.
    const lost = failed > failedBefore.current;
    if (lost) toast({ words: t("given.held") });
    else if (!settled || leaving) return;
    setAsked(false);
    if (lost) return;
    // Otherwise the list could not be read: that is on screen, with the way to try again.
    if (known) latest.current();
  }, [asked, settled, known, leaving, failed, toast, t]);
  return { waiting: asked && words !== "", send, hold: () => setAsked(false) };
}

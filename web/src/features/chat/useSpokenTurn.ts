/**
 * Says aloud, once and politely, that an answer starts, ends or fails; never its words one by one. One that is over before
 * its conversation is drawn is said too.
 */
import { useEffect, useRef } from "react";
import { useErrorWords } from "#/features/errors/errorWords";
import type { TurnView } from "#/features/turn";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";

/** Whose end was said: coming back to their conversation does not say it again. */
const ended = new WeakSet<TurnView>();

export function useSpokenTurn(live: TurnView | null): void {
  const t = useTranslations("chat");
  const words = useErrorWords();
  const { announce } = useLive();
  const said = useRef<TurnView["state"] | null>(live && ended.has(live) ? live.state : null);
  const state = live?.state ?? null;
  const error = live?.error ?? null;
  const closed = live?.phase === "closed" ? live : null;
  useEffect(() => {
    if (closed) ended.add(closed);
    if (state === said.current) return;
    said.current = state;
    if (state === "running") announce(t("running"));
    else if (state === "answered") announce(t("done"));
    else if (state === "stopped") announce(t("doneStopped"));
    else if (state !== null) announce(error ? words(error) : t("states.interrupted"));
  }, [state, error, closed, announce, t, words]);
}

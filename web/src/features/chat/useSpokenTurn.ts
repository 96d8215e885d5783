/** Says aloud, once and politely, that an answer starts, ends or fails; never its words one by one. */
import { useEffect, useRef } from "react";
import { useErrorWords } from "#/features/errors/errorWords";
import type { TurnView } from "#/features/turn";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";

export function useSpokenTurn(live: TurnView | null): void {
  const t = useTranslations("chat");
  const words = useErrorWords();
  const { announce } = useLive();
  const said = useRef<TurnView["state"] | null>(live?.phase === "closed" ? live.state : null);
  const state = live?.state ?? null;
  const error = live?.error ?? null;
  useEffect(() => {
    if (state === said.current) return;
    said.current = state;
    if (state === "running") announce(t("running"));
    else if (state === "answered") announce(t("done"));
    else if (state === "stopped") announce(t("doneStopped"));
    else if (state !== null) announce(error ? words(error) : t("states.interrupted"));
  }, [state, error, announce, t, words]);
}

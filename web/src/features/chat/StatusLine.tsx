/** One line that says what is happening while the answer is being made; it holds the place of the footer. */
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import type { ShownTurn } from "./shownTurns";
import sheet from "./turn.module.css";

const css = classes(sheet);

export function StatusLine({ turn }: { readonly turn: ShownTurn }) {
  const t = useTranslations("chat.steps");
  return (
    <p className={css("status")}>
      <span aria-hidden="true" className={css("pulse")} />
      {statusWords(turn, t)}
    </p>
  );
}

function statusWords(turn: ShownTurn, t: ReturnType<typeof useTranslations<"chat.steps">>): string {
  if (turn.stopping) return t("stopping");
  const { status } = turn;
  if (turn.phase === "reconnecting" || (turn.phase === "sending" && !status)) return t(turn.phase);
  if (!status) return t(turn.answer === "" ? "reading" : "writing");
  if (status.step === "waiting" && status.position_in_queue !== null) {
    return t("queue", { position: status.position_in_queue });
  }
  if (status.step === "reading_files") {
    return t("reading_files", { page: status.page ?? 0, pages: status.pages ?? 0 });
  }
  return t(status.step);
}

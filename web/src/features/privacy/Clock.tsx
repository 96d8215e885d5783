/** Until when a conversation is kept, beside its title; on a phone the icon stays, the words are heard and shown below. */
import { Hourglass } from "lucide-react";
import type { Summary } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./privacy.module.css";

const css = classes(sheet);

export function Clock({ conversation }: { readonly conversation: Summary }) {
  const t = useTranslations("conversations");
  const format = useFormatter();
  const { expires_at: until, temporary } = conversation;
  const day = { day: "numeric", month: "long", year: "numeric" } as const;
  const hour = { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;
  const words = t(temporary ? "keptTemporarily" : "keptUntil", {
    date: format.dateTime(new Date(until), temporary ? hour : day),
  });
  return (
    <span className={css("clock", temporary && "soon")}>
      <Hourglass aria-hidden="true" className={css("icon")} />
      <span className={css("long")}>{words}</span>
      <span className={css("short")} aria-hidden="true">
        {format.dateTime(new Date(until), { day: "2-digit", month: "2-digit", year: "2-digit" })}
      </span>
    </span>
  );
}

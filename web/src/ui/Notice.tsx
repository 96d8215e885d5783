/** A sentence that needs attention: an icon, a word, what to do next. Never colour alone. */
import { CircleAlert, Info, OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";
import sheet from "./Notice.module.css";

const css = classes(sheet);
const icons = { plain: Info, caution: CircleAlert, refusal: OctagonX } as const;

interface NoticeProps {
  readonly meaning?: keyof typeof icons;
  readonly children: ReactNode;
  /** Buttons that say the next step. */
  readonly actions?: ReactNode;
  /** Spoken at once: for what has just failed. */
  readonly alert?: boolean;
}

export function Notice({ meaning = "plain", children, actions, alert = false }: NoticeProps) {
  const Icon = icons[meaning];
  return (
    <div className={css("notice", meaning)} {...(alert ? { role: "alert" } : {})}>
      <Icon aria-hidden="true" className={css("icon")} />
      <div className={css("words")}>{children}</div>
      {actions !== undefined && <div className={css("actions")}>{actions}</div>}
    </div>
  );
}

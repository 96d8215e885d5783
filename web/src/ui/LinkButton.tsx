/** A link that looks like a button: it leads somewhere, or downloads. */
import type { LucideIcon } from "lucide-react";
import sheet from "./Button.module.css";
import { classes } from "./classes";

const css = classes(sheet);

interface LinkButtonProps {
  readonly href: string;
  readonly icon?: LucideIcon;
  readonly download?: boolean;
  readonly children: string;
}

export function LinkButton({ href, icon: Icon, download = false, children }: LinkButtonProps) {
  return (
    <a href={href} {...(download ? { download: "" } : {})} className={css("button", "outline", "link")}>
      {Icon && <Icon aria-hidden="true" className={css("icon")} />}
      {children}
    </a>
  );
}

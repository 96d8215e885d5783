/** A titled part of the settings. */
import { type ReactNode, useId } from "react";
import { classes } from "#/ui/classes";
import sheet from "./settings.module.css";

const css = classes(sheet);

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={css("section")} aria-labelledby={id}>
      <h2 id={id} className={css("title")}>
        {title}
      </h2>
      <div className={css("body")}>{children}</div>
    </section>
  );
}

/** A screen that only says something and offers a way on. */
import type { ReactNode } from "react";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);

interface PlainProps {
  readonly title: string;
  readonly words: string;
  readonly children: ReactNode;
}

export function Plain({ title, words, children }: PlainProps) {
  return (
    <div className={css("plain")}>
      <h1 className={css("plainTitle")}>{title}</h1>
      <p className={css("plainWords")}>{words}</p>
      <p>{children}</p>
    </div>
  );
}

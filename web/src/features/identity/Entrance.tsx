/** The frame of the screens before the shell: the mark, one column, the choice of language. */
import { type ReactNode, useId } from "react";
import { setPreferences, usePreferences } from "#/features/preferences/preferences";
import { LANGUAGES, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useTitle } from "#/ui/useTitle";
import sheet from "./Entrance.module.css";
import { useProductName } from "./useProductName";

const css = classes(sheet);

interface EntranceProps {
  readonly title: string;
  readonly intro?: string;
  readonly children?: ReactNode;
}

export function Entrance({ title, intro, children }: EntranceProps) {
  const t = useTranslations("shell");
  const product = useProductName();
  useTitle(title, product);
  const heading = useId();
  const { language } = usePreferences();
  return (
    <div className={css("page")}>
      <main aria-labelledby={heading} className={css("column")}>
        <p className={css("brand")}>
          <img src="/mark.svg" alt="" width="32" height="32" />
          {product}
        </p>
        <div className={css("opening")}>
          <h1 id={heading} className={css("title")}>
            {title}
          </h1>
          {intro !== undefined && <p className={css("intro")}>{intro}</p>}
        </div>
        {children}
      </main>
      <footer className={css("footer")}>
        {LANGUAGES.map((one) => (
          <Button
            key={one}
            small
            look="quiet"
            aria-pressed={one === language}
            onPress={() => setPreferences({ language: one })}
          >
            <span lang={one}>{t(`languages.${one}`)}</span>
          </Button>
        ))}
      </footer>
    </div>
  );
}

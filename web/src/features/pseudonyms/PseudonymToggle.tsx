/** Asks that names be replaced before the words leave, and shows what would leave. */
import { useId, useState } from "react";
import type { Model } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { PreviewDialog } from "./latePreviewDialog";
import sheet from "./pseudonyms.module.css";
import type { Replacing } from "./usePseudonyms";

const css = classes(sheet);

interface PseudonymToggleProps {
  readonly replacing: Replacing;
  readonly text: string;
  readonly model: Model | null;
  /** The conversation whose words these are; a new one is made when it is asked for. */
  readonly conversation: () => Promise<string>;
}

export function PseudonymToggle({ replacing, text, model, conversation }: PseudonymToggleProps) {
  const t = useTranslations("pseudonyms");
  const box = useId();
  const [showing, setShowing] = useState(false);
  if (!replacing.offered) return null;
  return (
    <div className={css("toggle")}>
      <input
        type="checkbox"
        id={box}
        className={css("box")}
        checked={replacing.asked}
        onChange={(event) => replacing.change(event.target.checked)}
      />
      <label htmlFor={box}>{t("replace")}</label>
      {replacing.required && <span className={css("hint")}>{t("required")}</span>}
      {replacing.asked && text.trim() !== "" && (
        <Button small look="quiet" onPress={() => setShowing(true)}>
          {t("preview")}
        </Button>
      )}
      {showing && (
        <PreviewDialog
          text={text}
          model={model?.id ?? null}
          conversation={conversation}
          onClose={() => setShowing(false)}
        />
      )}
    </div>
  );
}

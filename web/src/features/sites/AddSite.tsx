/** One site, put in the list of everybody or of a unit. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { useAddWebSite } from "#/api/sites";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { KINDS, type Kind, tierOf } from "./kinds";
import sheet from "./sites.module.css";

const css = classes(sheet);

export interface ScopeProps {
  readonly unitId: string | null;
  /** Whether whose list it is has been chosen. */
  readonly ready: boolean;
}

export function AddSite({ unitId, ready }: ScopeProps) {
  const t = useTranslations("sites");
  const { toast } = useLive();
  const adding = useAddWebSite();
  const [pattern, setPattern] = useState("");
  const [kind, setKind] = useState<Kind>("official");
  return (
    <form
      className={css("way")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || pattern.trim() === "") return;
        adding.mutate(
          { pattern: pattern.trim(), tier: tierOf(kind), unit_id: unitId },
          {
            onSuccess: (site) => {
              setPattern("");
              toast({ words: t("added", { site: site.pattern }) });
            },
          },
        );
      }}
    >
      <h3 className={css("sub")}>{t("add")}</h3>
      <Field
        label={t("site")}
        hint={t("siteHint")}
        autoComplete="off"
        spellCheck={false}
        required
        value={pattern}
        onChange={(event) => setPattern(event.target.value)}
      />
      <ChoiceField
        label={t("kind")}
        value={kind}
        onChange={(event) => setKind(event.target.value as Kind)}
        options={KINDS.map((one) => [one, t(`kinds.${one}`)] as const)}
      />
      {adding.error && <ErrorNotice error={adding.error} />}
      <div>
        <Button type="submit" look="primary" icon={Plus} busy={adding.isPending} isDisabled={!ready}>
          {t("addOne")}
        </Button>
      </div>
    </form>
  );
}

/** One's own API keys: made, seen once, replaced, revoked. Shown to whoever may use the API. */
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useKeys } from "#/api/keys";
import { useHeld } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { KeyDialog } from "#/features/keys/KeyDialog";
import { KeysTable } from "#/features/keys/KeysTable";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Section } from "./Section";
import sheet from "./settings.module.css";

const css = classes(sheet);

export function KeySettings() {
  return useHeld().somewhere("api.use") ? <Keys /> : null;
}

function Keys() {
  const t = useTranslations();
  const { data, error, refetch } = useKeys();
  const [making, setMaking] = useState(false);
  return (
    <Section title={t("settings.sections.keys")}>
      <p className={css("words")}>{t("keys.words", { address: `${location.origin}/v1` })}</p>
      <Button icon={KeyRound} onPress={() => setMaking(true)} isDisabled={!data}>
        {t("keys.make")}
      </Button>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={css("whole")}>
          <KeysTable keys={data.items} />
        </div>
      )}
      {data && making && <KeyDialog longestDays={data.longest_days} onClose={() => setMaking(false)} />}
    </Section>
  );
}

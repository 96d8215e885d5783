/** A correction, or an objection, in the person's own words. */
import { useMakeRequest } from "#/api/privacy";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, LinesField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "./privacy.module.css";

const css = classes(sheet);
const KINDS = ["rectification", "objection"] as const;

export function OtherRequest() {
  const t = useTranslations("privacy");
  const make = useMakeRequest();
  const { toast } = useLive();
  return (
    <form
      className={css("form", "narrow")}
      aria-labelledby="other-request"
      onSubmit={(event) => {
        const form = event.currentTarget;
        const { kind, words } = submitted<"kind" | "words">(event);
        make.mutate(
          { kind: kind === "objection" ? "objection" : "rectification", words },
          {
            onSuccess: () => {
              form.reset();
              toast({ words: t("otherSent") });
            },
          },
        );
      }}
    >
      <h3 id="other-request" className={css("sub")}>
        {t("otherTitle")}
      </h3>
      <p className={css("words")}>{t("otherWords")}</p>
      <ChoiceField label={t("otherKind")} name="kind" options={KINDS.map((one) => [one, t(`requestKinds.${one}`)])} />
      <LinesField label={t("otherText")} name="words" maxLength={4000} prose required />
      {make.error && <ErrorNotice error={make.error} />}
      <Button type="submit" busy={make.isPending}>
        {t("otherSend")}
      </Button>
    </form>
  );
}

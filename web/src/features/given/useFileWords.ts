/** What is happening to a file, in words. */
import type { SentFile } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { NOT_WHOLE, percentSent, type Upload } from "#/features/files/upload";
import { useTranslations } from "#/i18n";

export function useFileWords(): (upload: Upload) => string {
  const t = useTranslations("given");
  const words = useErrorWords();
  const reading = (file: SentFile | null) =>
    t(`states.${file?.step ?? "waiting"}`, { page: file?.step_page ?? 0, pages: file?.step_page ? file.pages : 0 });
  const read = (file: SentFile | null) =>
    t(file?.report?.status === "partial" ? "states.partial" : "states.read", { pages: file?.pages ?? 0 });
  return (upload) => {
    const { phase, file, error, away } = upload;
    switch (phase) {
      case "queued":
        return t("states.queued");
      case "sending":
        return away ? t("states.away") : t("states.sending", { percent: percentSent(upload) });
      case "failed":
        return error?.code === NOT_WHOLE ? t("notWhole") : words(error);
      case "read":
        return read(file);
      case "arrived":
        return reading(file);
    }
  };
}

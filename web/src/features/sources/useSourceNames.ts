/** The names of the files that an answer rests on, as the person may read them now. */
import { useMemo } from "react";
import { useFileViews } from "#/api/files";
import type { Attachment } from "#/api/types";
import { useTranslations } from "#/i18n";

export interface SourceNames {
  readonly nameOf: (fileId: string) => string;
  /** False for a file that may not be read any more. */
  readonly isReadable: (fileId: string) => boolean;
}

export function useSourceNames(ids: readonly string[], attachments: readonly Attachment[]): SourceNames {
  const t = useTranslations("sources");
  const { data } = useFileViews(ids);
  const lost = t("withdrawnFile");
  return useMemo(() => {
    const given = new Map(attachments.map(({ file_id, name }) => [file_id, name]));
    return {
      nameOf: (id) => data?.get(id)?.name ?? given.get(id) ?? (data ? lost : "…"),
      isReadable: (id) => !data || data.has(id),
    };
  }, [data, attachments, lost]);
}

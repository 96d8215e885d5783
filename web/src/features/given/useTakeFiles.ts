/** Takes files into the question being written; and says aloud what becomes of them. */
import { useCallback, useEffect, useRef } from "react";
import type { Dropped } from "#/features/files/dropped";
import type { Upload } from "#/features/files/upload";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";
import { MOST_FILES } from "./uploads";
import { useFileWords } from "./useFileWords";
import type { Given } from "./useGiven";

export function useTakeFiles({ add }: Given): (files: readonly Dropped[]) => void {
  const t = useTranslations("given");
  const { announce, toast } = useLive();
  return useCallback(
    (files) => {
      if (files.length === 0) return;
      const left = add(files);
      if (left > 0) toast({ words: t("tooMany", { count: left, most: MOST_FILES }) });
      else announce(t("added", { count: files.length }));
    },
    [add, announce, toast, t],
  );
}

/** What the browser calls every picture that is pasted; several of one name could not be told apart. */
const PASTED = /^image\.(\w+)$/;

/** Names a pasted picture as a person would. */
export function usePasted({ uploads }: Given): (files: Iterable<File>) => readonly Dropped[] {
  const t = useTranslations("given");
  return (files) =>
    [...files].map((file, index) => {
      const ending = PASTED.exec(file.name)?.[1];
      const name = ending && `${t("pasted", { number: uploads.length + index + 1 })}.${ending}`;
      return { file: name ? new File([file], name, { type: file.type }) : file, folder: "" };
    });
}

/** Once for each file: it is read, or could not be. */
export function useSpokenFiles({ uploads }: Given): void {
  const t = useTranslations("given");
  const { announce } = useLive();
  const words = useFileWords();
  const known = useRef(new Map<string, Upload["phase"]>());
  useEffect(() => {
    for (const upload of uploads) {
      const { key, name, phase } = upload;
      const before = known.current.get(key);
      known.current.set(key, phase);
      if (before === undefined || before === phase) continue;
      if (phase === "read") announce(t("readNow", { name }));
      if (phase === "failed") announce(t("failedNow", { name, reason: words(upload) }));
    }
  }, [uploads, announce, t, words]);
}

/** What is on its way, as a screen shows it. */
import { useSyncExternalStore } from "react";
import type { Upload } from "./upload";
import type { Uploads } from "./uploads";

export function useUploads({ subscribe, read }: Uploads): readonly Upload[] {
  return useSyncExternalStore(subscribe, read);
}

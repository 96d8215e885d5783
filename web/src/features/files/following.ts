/** Asks how far the reading of files is, for all at once, until each is read or could not be. */
import { ownFiles } from "#/api/files";
import { ApiError, SIGNED_OUT } from "#/api/http";
import type { SentFile } from "#/api/types";

/** Milliseconds between two looks; longer and longer, up to the last. */
const LOOKS = [300, 400, 600, 1_000, 1_500] as const;

/** Returns what begins to look, unless it looks already; `wanted` tells the files that are still being read. */
export function followReading(wanted: () => readonly string[], tell: (file: SentFile) => void): () => void {
  let looking = false;
  const look = async () => {
    for (let looks = 0; wanted().length > 0; looks += 1) {
      await new Promise((resolve) => setTimeout(resolve, LOOKS[looks] ?? LOOKS.at(-1)));
      const found = await ownFiles(wanted()).catch(unlessEnded);
      if (found === null) return;
      for (const file of found) tell(file);
    }
  };
  return () => {
    if (looking || wanted().length === 0) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  };
}

/** Null when the session is over: whoever comes back asks again. */
function unlessEnded(error: unknown): readonly SentFile[] | null {
  return error instanceof ApiError && error.code === SIGNED_OUT ? null : [];
}

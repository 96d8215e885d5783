/** Sends one file to its end, whatever happens to the network: from where the server says, part after part. */
import { beginFile, ownFiles, sendPart } from "#/api/files";
import { ApiError, UNREACHABLE } from "#/api/http";
import { readPreferences } from "#/features/preferences/preferences";
import { pause, pauseAfter } from "#/features/turn/pause";
import type { Upload, UploadAction } from "./upload";

interface SendOptions {
  readonly blob: Blob;
  readonly signal: AbortSignal;
  readonly read: () => Upload | null;
  readonly dispatch: (action: UploadAction) => void;
  readonly pauses?: readonly number[];
}

/** The part that was sent does not begin where the file stops. */
const MISPLACED = "file_part_misplaced";

export async function sendFile(key: string, options: SendOptions): Promise<void> {
  const { signal, dispatch } = options;
  let failures = 0;
  dispatch({ type: "begun", key });
  while (!signal.aborted && options.read()?.phase === "sending") {
    try {
      await step(key, options, failures > 0);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const said = afterFailure(key, error);
      dispatch(said);
      if (said.type === "lost") await pause(pauseAfter(++failures, options.pauses), signal);
    }
  }
}

/** What a failure means: go on from elsewhere, try again, or give up with its reason. */
function afterFailure(key: string, error: unknown): UploadAction {
  if (!(error instanceof ApiError)) throw error;
  const { code, params, status } = error;
  if (code === MISPLACED) return { type: "placed", key, received: Number(params["offset"]) };
  const passing = code === UNREACHABLE || status === 429 || status === 503;
  return passing ? { type: "lost", key } : { type: "failed", key, error: { code, params } };
}

/** Announces the file, finds after a failure where it stopped, or sends its next part. */
async function step(key: string, { blob, signal, read, dispatch }: SendOptions, failed: boolean): Promise<void> {
  const upload = read();
  if (!upload) return;
  const { id, file, received } = upload;
  if (id === null || file === null) {
    dispatch({
      type: "told",
      key,
      file: await beginFile(upload.name, upload.size, readPreferences().keepMetadata, signal),
    });
    return;
  }
  if (failed) {
    const [found] = await ownFiles([id], signal);
    if (!found) throw new ApiError("file_not_found", 404);
    dispatch({ type: "told", key, file: found });
    if (found.received !== received || found.state !== "receiving") return;
  }
  const part = blob.slice(received, received + file.part_size);
  dispatch({ type: "told", key, file: await sendPart(id, received, part, signal) });
}

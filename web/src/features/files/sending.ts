/** Sends one file to its end, whatever happens to the network: from where the server says, part after part. */
import { beginFile, isHeld, ownFiles, sendPart } from "#/api/files";
import { ApiError, UNREACHABLE } from "#/api/http";
import type { CodedError } from "#/api/types";
import { readPreferences } from "#/features/preferences/preferences";
import { pause, pauseAfter } from "#/features/turn/pause";
import type { Upload, UploadAction } from "./upload";

/** Gives a file that arrived to what it is for. */
export type HandOver = (upload: Upload, fileId: string) => Promise<unknown>;

interface SendOptions {
  readonly blob: Blob;
  readonly signal: AbortSignal;
  readonly read: () => Upload | null;
  readonly dispatch: (action: UploadAction) => void;
  readonly handOver?: HandOver | undefined;
  readonly pauses?: readonly number[];
}

/** The part that was sent does not begin where the file stops. */
const MISPLACED = "file_part_misplaced";

export async function sendFile(key: string, options: SendOptions): Promise<void> {
  const { signal, read, dispatch } = options;
  let failures = 0;
  dispatch({ type: "begun", key });
  // Begun before: the server alone knows what arrived.
  let doubtful = read()?.id !== null;
  while (!signal.aborted && read()?.phase === "sending") {
    try {
      await step(key, options, doubtful);
      [failures, doubtful] = [0, false];
    } catch (error) {
      if (signal.aborted) return;
      const said = afterFailure(key, error, read()?.received);
      dispatch(said);
      if (said.type !== "lost") continue;
      doubtful = true;
      await pause(pauseAfter(++failures, options.pauses), signal);
    }
  }
}

/** What a failure means: go on from elsewhere, try again, or give up with its reason. */
function afterFailure(key: string, error: unknown, sentFrom?: number): UploadAction {
  const { code, params } = codedError(error);
  const where = code === MISPLACED ? params["offset"] : undefined;
  if (typeof where === "number" && where !== sentFrom) return { type: "placed", key, received: where };
  const status = error instanceof ApiError ? error.status : 0;
  const passing = code === UNREACHABLE || status === 429 || status === 503;
  return passing ? { type: "lost", key } : { type: "failed", key, error: { code, params } };
}

export function codedError(error: unknown): CodedError {
  return error instanceof ApiError
    ? { code: error.code, params: error.params }
    : { code: "internal_error", params: {} };
}

/** Announces the file, finds where it stopped, sends its next part, or hands it over once it is whole. */
async function step(key: string, { blob, signal, read, dispatch, handOver }: SendOptions, doubtful: boolean) {
  const upload = read();
  if (!upload) return;
  const { id, file, received } = upload;
  if (id === null || file === null) {
    const { name, size, level } = upload;
    const keeps = readPreferences().keepMetadata && { keep_metadata: true };
    dispatch({ type: "told", key, file: await beginFile({ name, size, ...(level && { level }), ...keeps }, signal) });
  } else if (doubtful) {
    dispatch(await found(key, id, signal));
  } else if (received < upload.size) {
    const part = blob.slice(received, received + file.part_size);
    dispatch({ type: "told", key, file: await sendPart(id, received, part, signal) });
  } else {
    await handOver?.(upload, id);
    if (!signal.aborted) dispatch({ type: "arrived", key });
  }
}

/** What the server says now of a file that was begun. */
async function found(key: string, id: string, signal: AbortSignal): Promise<UploadAction> {
  const [own] = await ownFiles([id], signal);
  if (own) return { type: "told", key, file: own };
  // What it was sent for has it already, and only the answer was lost; or the server no longer has it.
  return { type: (await isHeld(id, signal)) ? "arrived" : "forgotten", key };
}

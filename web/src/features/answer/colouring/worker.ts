/** The worker that colours code, one request after the other. */
import type { ColourAnswer, ColourRequest } from "./kinds";
import { tokenise } from "./tokens";

let last: Promise<void> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<ColourRequest>) => {
  last = last.then(async () => {
    const lines = await tokenise(data.text, data.language).catch(() => []);
    const answer: ColourAnswer = { id: data.id, lines };
    postMessage(answer);
  });
});

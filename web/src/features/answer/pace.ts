/**
 * When an answer's work is done. What makes no change to the page goes in short slices between frames; what changes it is
 * counted in elements, and a frame takes no more of them than this machine lays out and paints in its share of a frame.
 */

type Job = () => void;

/** Changes the page and returns how many elements it made or changed; `room` is how many this frame has left. */
export type FrameJob = (room: number) => number;

/** Milliseconds of work between two frames. */
const SLICE = 6;
/** Milliseconds that a frame may take in all. */
const FRAME = 16;
const FEWEST = 60;
const MOST = 4_000;

const jobs: Job[] = [];
let sliced = false;

/** Runs the job soon, after those that were asked before it. */
export function later(job: Job): void {
  jobs.push(job);
  scheduleSlice();
}

function scheduleSlice(): void {
  if (sliced || jobs.length === 0) return;
  sliced = true;
  setTimeout(slice, 0);
}

function slice(): void {
  sliced = false;
  const end = performance.now() + SLICE;
  for (let job = jobs.shift(); job; job = performance.now() < end ? jobs.shift() : undefined) job();
  scheduleSlice();
}

const urgent: FrameJob[] = [];
const calm: FrameJob[] = [];
const painted = new MessageChannel();
let framed = false;
/** Elements that one frame may hold, learnt from what the last ones took. */
let room = FEWEST;
let last = { start: 0, weight: 0 };

painted.port1.onmessage = learn;

/** Runs the job with the next frame: text that is read now. */
export function withFrame(job: FrameJob): void {
  urgent.push(job);
  scheduleFrame();
}

/** Runs the job with one of the next frames, when there is room: colours, what is read aloud. */
export function inSomeFrame(job: FrameJob): void {
  calm.push(job);
  scheduleFrame();
}

/** A hidden page has no frames, and no hurry. */
function scheduleFrame(): void {
  if (framed || urgent.length + calm.length === 0) return;
  framed = true;
  if (document.visibilityState === "visible") requestAnimationFrame(frame);
  else setTimeout(frame, 250);
}

function frame(): void {
  framed = false;
  const start = performance.now();
  let weight = 0;
  for (const job of urgent.splice(0)) weight += job(Math.max(0, room - weight));
  while (calm.length > 0 && weight < room && performance.now() - start < FRAME / 3) weight += calm.shift()?.(room) ?? 0;
  last = { start, weight };
  painted.port2.postMessage(null);
  scheduleFrame();
}

/** A message sent from a frame comes after it is laid out and painted. */
function learn(): void {
  if (last.weight < FEWEST / 2) return;
  const possible = (last.weight * FRAME) / Math.max(1, performance.now() - last.start);
  room = Math.min(MOST, Math.max(FEWEST, (3 * room + possible) / 4));
}

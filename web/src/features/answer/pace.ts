/**
 * When an answer's work is done. What makes no change to the page goes in short slices between frames; what changes it
 * is counted in elements, no more of them at once than this machine lays out and paints in its share of a frame.
 *
 *     jobs ──▶ changes and layout, in a task of their own ──▶ the frame, which has only to paint ──▶ the next jobs
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
const soon = new MessageChannel();
const painted = new MessageChannel();
/** From when work is asked until it is painted. */
let busy = false;
/** Elements that one frame may hold, learnt from what the last ones took. */
let room = FEWEST;
/** What the last work made, how long that and its layout took, and when its frame began. */
let last = { weight: 0, took: 0, frame: 0 };

soon.port1.onmessage = work;
painted.port1.onmessage = () => {
  learn(last.took + performance.now() - last.frame);
  busy = false;
  scheduleWork();
};

/** Runs the job for the next frame: text that is read now. */
export function withFrame(job: FrameJob): void {
  urgent.push(job);
  scheduleWork();
}

/** Runs the job for one of the next frames, when there is room: colours, what is read aloud. */
export function inSomeFrame(job: FrameJob): void {
  calm.push(job);
  scheduleWork();
}

/** Drops what waits: the page it is for is gone. */
export function dropWork(): void {
  urgent.length = 0;
  calm.length = 0;
}

/** A hidden page has no frames, and no hurry. */
function scheduleWork(): void {
  if (busy || urgent.length + calm.length === 0) return;
  busy = true;
  if (isVisible()) soon.port2.postMessage(null);
  else setTimeout(work, 250);
}

/** Changes the page and lays it out ahead of its frame: two short tasks rather than a long one. */
function work(): void {
  if (urgent.length + calm.length === 0) {
    busy = false;
    return;
  }
  const start = performance.now();
  last = { weight: 0, took: 0, frame: 0 };
  try {
    last.weight = runJobs(start + FRAME / 3);
    document.documentElement.getBoundingClientRect();
  } finally {
    last.took = performance.now() - start;
    if (isVisible()) requestAnimationFrame(frame);
    else frame();
  }
}

function runJobs(end: number): number {
  let weight = 0;
  for (const job of urgent.splice(0)) weight += job(Math.max(0, room - weight));
  while (calm.length > 0 && weight < room && performance.now() < end) weight += calm.shift()?.(room) ?? 0;
  return weight;
}

/** A message sent from a frame comes after it is painted. */
function frame(): void {
  last.frame = performance.now();
  painted.port2.postMessage(null);
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}

function learn(took: number): void {
  if (last.weight < FEWEST / 2) return;
  const possible = (last.weight * FRAME) / Math.max(1, took);
  room = Math.min(MOST, Math.max(FEWEST, (3 * room + possible) / 4));
}

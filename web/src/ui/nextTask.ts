/** Lets the browser draw and hear keys before what follows: work that need not be one piece is cut here. */
export function nextTask(): Promise<void> {
  return new Promise((go) => setTimeout(go));
}

/** Styles of parts fetched late. The builder asks once for each: one that could not be had is asked for again here. */

const lost = new Set<HTMLLinkElement>();

window.addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet") lost.add(target);
  },
  true, // errors of links do not bubble
);

/** Has every style that failed come; rejects when one fails again (it is then asked for at the next call). */
export async function restyled(): Promise<void> {
  await Promise.all([...lost].map(again));
}

function again(link: HTMLLinkElement): Promise<unknown> {
  const next = link.cloneNode() as HTMLLinkElement;
  lost.delete(link);
  const come = new Promise((done, fail) => {
    next.onload = done;
    next.onerror = fail;
  });
  link.replaceWith(next);
  return come;
}

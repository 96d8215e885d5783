/** Writing to the clipboard, also where the page is not a secure context and the newer interface is missing. */

/**
 * False when the browser refused. The rich form may still be in the making: the wish to copy is told to the browser in the
 * very moment of the click, which some ask for.
 */
export async function copyToClipboard(text: string, html?: Promise<string>): Promise<boolean> {
  if (navigator.clipboard && typeof ClipboardItem !== "undefined") {
    try {
      await navigator.clipboard.write([item(text, html)]);
      return true;
    } catch {
      // Refused here; the older way may still be allowed.
    }
  }
  return copyByCommand(text, await html);
}

function item(text: string, html?: Promise<string>): ClipboardItem {
  const blob = (type: string, part: string) => new Blob([part], { type });
  return new ClipboardItem({
    "text/plain": blob("text/plain", text),
    ...(html && { "text/html": html.then((part) => blob("text/html", part)) }),
  });
}

function copyByCommand(text: string, html: string | undefined): boolean {
  const fill = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
    if (html !== undefined) event.clipboardData?.setData("text/html", html);
  };
  document.addEventListener("copy", fill);
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", fill);
  }
}

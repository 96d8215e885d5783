/** Where a link written in an answer may lead, and what must be shown of it before anyone follows it (TA-045). */

export interface Destination {
  readonly href: string;
  /** Host or mail address, in ASCII: a look-alike in another alphabet shows as such. */
  readonly place: string;
}

const WEB = /^https?:\/\//i;
const MAIL_ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+$/;

/** Null for all that is not a plain absolute web or mail address. */
export function destination(address: string): Destination | null {
  const url = parse(address);
  if (url === null) return null;
  if (url.protocol === "mailto:") return mail(url);
  // A name before the host is only ever there to disguise it.
  if (url.username !== "" || url.password !== "" || url.host === "") return null;
  return { href: url.href, place: url.host };
}

function parse(address: string): URL | null {
  if (!WEB.test(address) && !/^mailto:/i.test(address)) return null;
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Only the address: a subject or a body would carry words of the conversation out. */
function mail(url: URL): Destination | null {
  const address = decode(url.pathname);
  return MAIL_ADDRESS.test(address) ? { href: `mailto:${encodeURI(address)}`, place: address } : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** True when the words of a link already say, exactly, where it leads. */
export function tellsItsPlace(words: string, { href, place }: Destination): boolean {
  const said = words.trim();
  if (said === place) return true;
  const named = destination(said);
  return named !== null && (named.href === href || (named.place === place && href.startsWith(named.href)));
}

/** True for a mail address, and for an address of the web that is one of those given, whatever its last part points at. */
export function isAmong(addresses: ReadonlySet<string>, href: string): boolean {
  if (!WEB.test(href)) return true;
  const [bare = href] = href.split("#");
  return addresses.has(bare);
}

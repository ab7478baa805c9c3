/** A link as this page was opened with it, put right where it can be. */
export interface ReadLink {
  /** Where it leads, without what does not belong there. */
  path: string;
  /** What it opens by; `null`: nothing whole is left of it. */
  secret: string | null;
}

/** Letters of a secret: 256 bits in base64url. */
const SECRET_LENGTH = 43;
const notOfSecrets = /[^A-Za-z0-9_-]+/g;

/** Addresses that open by a secret. */
const personal = /\/+(?:m\/+([a-z0-9]{8,32})|office\/+(setup|sign-in))(?![a-z0-9])/i;
/** A seat's own address: whoever sits there has a session and needs no secret. */
const seat = /^\/m\/[a-z0-9]{8,32}\/[a-z0-9]{8,32}(?![A-Za-z0-9_-])/;
const closingMarks = /[\s.,;:!?)\]}>"'»”’*_]+$/;

/**
 * Reads an address that mail, chat and word processors have had in their hands: broken over lines, with a full stop or
 * a bracket behind it, encoded once more, with a tracker's parameters, twice in a row. `null`: there is nothing to put
 * right. Never throws.
 * @example readLink("https://raad.example/m/k3v9x2m4qa%23" + secret + ").") // { path: "/m/k3v9x2m4qa", secret }
 */
export function readLink(href: string): ReadLink | null {
  const address = href.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  if (seat.test(address)) return tidied(address);
  const whole = withoutBreaks(decoded(decoded(address)));
  // Twice in a row, or with another address before it: each is looked at, the first that is whole counts.
  const links = whole.split(/https?:\/\//i).flatMap((part) => personalLink(part) ?? []);
  return links.find(({ secret }) => secret !== null) ?? links[0] ?? tidied(address);
}

function personalLink(text: string): ReadLink | null {
  const found = personal.exec(text);
  if (!found) return null;
  const [match, meeting, way] = found;
  const path = meeting ? `/m/${meeting.toLowerCase()}` : `/office/${way?.toLowerCase()}`;
  return { path, secret: secretIn(text.slice(found.index + match.length)) };
}

/** Of what follows the path: the fragment up to a tracker's parameters, or the rest where the `#` was lost. */
function secretIn(rest: string): string | null {
  const fragment = rest.indexOf("#");
  if (fragment < 0) return /(?<![\w-])[\w-]{43}(?![\w-])/.exec(rest)?.[0] ?? null;
  const letters =
    rest
      .slice(fragment + 1)
      .split(/[&?#]/, 1)[0]
      ?.replace(notOfSecrets, "") ?? "";
  return letters.length >= SECRET_LENGTH ? letters.slice(0, SECRET_LENGTH) : null;
}

/** Any other page, with a full stop or a bracket of the sentence it stood in. */
function tidied(address: string): ReadLink | null {
  const path = address.split(/[?#]/, 1)[0] ?? "";
  const plain = decoded(path);
  const tidy = plain.replace(closingMarks, "").replace(/\p{Cs}/gu, "");
  // One slash: two would name another host.
  if (path !== address || tidy === plain || !/^\/(?![/\\])/.test(tidy)) return null;
  return { path: encodeURI(tidy), secret: null };
}

/** What can be decoded is; a percent sign that encodes nothing stays. */
const decoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });

/** White space, soft breaks of quoted-printable, and characters that are not drawn. */
const withoutBreaks = (text: string): string => text.replace(/=\r?\n/g, "").replace(/[\s\p{Cf}]+/gu, "");

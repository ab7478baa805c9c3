/** The personal way to a seat. The secret is in the fragment, which no browser sends to any server. */
export const seatLink = (chamber: string, meeting: string, secret: string): string =>
  `${chamber}/m/${meeting}#${secret}`;

/** What such a link holds, as it is redeemed. */
export function partsOfSeatLink(link: string): { meeting: string; secret: string } {
  const { pathname, hash } = new URL(link);
  return { meeting: pathname.split("/").at(-1) ?? "", secret: hash.slice(1) };
}

/** Where the house is set up, once. */
export const setUpLink = (chamber: string, secret: string): string => `${chamber}/office/setup#${secret}`;

/** A one-time way into the office. */
export const signInLink = (chamber: string, secret: string): string => `${chamber}/office/sign-in#${secret}`;

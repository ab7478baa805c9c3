/** The personal way to a seat. The secret is in the fragment, which no browser sends to any server. */
export const seatLink = (chamber: string, meeting: string, secret: string): string =>
  `${chamber}/m/${meeting}#${secret}`;

/** Where the house is set up, once. */
export const setUpLink = (chamber: string, secret: string): string => `${chamber}/office/setup#${secret}`;

/** A one-time way into the office. */
export const signInLink = (chamber: string, secret: string): string => `${chamber}/office/sign-in#${secret}`;

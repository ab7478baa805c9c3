const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** A new id for a seat or an item: 16 random characters of 32 without look-alikes, 80 bits. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => letters[byte % letters.length]).join("");

import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's first choice for scrypt: 128 MB and some tenths of a second a try. Whoever calls sees to it that it is one at a time. */
const usual = { N: 2 ** 17, r: 8, p: 1 };
export type Cost = typeof usual;
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );

/** What is stored of a password: `scrypt$N$r$p$salt$key`, the last two base64url. */
export async function hashPassword(password: string, cost: Cost = usual): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = stored.split("$");
  if (kind !== "scrypt" || !N || !r || !p || !salt || !key) throw new Error("A stored password has another shape.");
  const known = Buffer.from(key, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return known.length === given.length && timingSafeEqual(known, given);
}

/** Takes as long as a real comparison: the time to answer must not tell which addresses are known. */
export async function pretendToCompare(password: string, cost: Cost = usual): Promise<false> {
  await derive(password, randomBytes(16), cost);
  return false;
}

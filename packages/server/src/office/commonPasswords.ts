import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { withoutPadding } from "./padding.ts";

/**
 * Guesses, as a power of ten, that a password must be worth against somebody who has the usual lists and knows whose
 * password it is. Lists of leaked passwords with what people put around them end at about 10^8; three ordinary words in
 * a row are worth 10^12. zxcvbn calls this its best score.
 */
const ENOUGH = 10;

/** What comes after is not looked at: the time this takes grows fast with the length. */
const LOOKED_AT = 40;

/** What a clerk's password is made from by anybody who guesses at one. */
const words = ["raadhuis", "gemeente", "gemeenteraad", "griffie", "griffier", "vergadering", "welkom", "wachtwoord"];

/** Good once, and known for it since. */
const famous = ["correcthorsebatterystaple", "trustno1trustno1", "thisisapassword", "ditiseenwachtwoord"];

/** The dictionaries hold some ten megabytes, for something that is asked once in a house's life: loaded when asked. */
let loaded: Promise<ZxcvbnFactory> | undefined;

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, en, nl] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
    import("@zxcvbn-ts/language-nl-be"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...en.dictionary, ...nl.dictionary },
    graphs: common.adjacencyGraphs,
    // Each reading of signs as letters is looked up anew; the first few find what people do.
    l33tMaxSubstitutions: 20,
  });
}

/**
 * Whether a password is one of those that are tried first: leaked, common, a date, a row of keys, or a few of those put
 * together; in any case of letters, with signs for letters, and with the padding that people add. What is left without
 * that padding must be good by itself. `about`: what is known of whose it is, as the body's name and the clerk's own.
 */
export async function isCommonPassword(password: string, about: readonly string[]): Promise<boolean> {
  loaded ??= load();
  const zxcvbn = await loaded;
  const parts = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((part) => part.length > 2);
  const isEnough = (text: string) =>
    zxcvbn.check(text.slice(0, LOOKED_AT), [...parts, ...words, ...famous]).guessesLog10 >= ENOUGH;
  return !isEnough(password.normalize("NFKC")) || !isEnough(withoutPadding(password, parts));
}

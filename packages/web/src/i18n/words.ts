import type { Language } from "./language.ts";

/** One text as it is said in each language; what is put into it stands in braces, as `{{who}}`. */
export type Said = Readonly<Record<Language, string>>;

/**
 * The texts of a part of the pages, by flat keys. One that counts has two, ending in `_one` and `_other`, and code names
 * what stands before these.
 */
export type Texts = Readonly<Record<string, Said>>;

type Counted<Name> = Name extends `${infer Base}_one` | `${infer Base}_other` ? Base : Name;

/** What code may name of these texts. */
export type KeyOf<All extends Texts> = Counted<keyof All & string>;

type ValuesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | ValuesIn<Rest> : never;

/** The names of the values that a text wants, in whatever language. */
type ValuesOf<All extends Texts, Key extends string> = ValuesIn<
  All[Extract<keyof All, Key | `${Key}_one` | `${Key}_other`>][Language]
>;

/** Those that want no value. */
export type PlainKeyOf<All extends Texts> = {
  [Key in KeyOf<All>]: [ValuesOf<All, Key>] extends [never] ? Key : never;
}[KeyOf<All>];

export type Values = Readonly<Record<string, string | number>>;

/** A text in the language in use. One that wants values is not named without them. */
export interface Translate<All extends Texts> {
  (key: PlainKeyOf<All>): string;
  <Key extends KeyOf<All>>(key: Key, values: Readonly<Record<ValuesOf<All, Key>, string | number>>): string;
}

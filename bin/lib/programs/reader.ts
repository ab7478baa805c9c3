import type { ESTree } from "vite";
import { GIVEN, OURS, RUN_ANOTHER, SHELLS, THROUGH } from "./known.ts";
import { programsInShell } from "./shell.ts";
import { textBehind, type Values, type Word, wordsIn } from "./words.ts";

/** What a file calls. */
export interface Found {
  /** Programs by name, files of the system by their absolute path. */
  programs: Set<string>;
  /** Code that runs something that cannot be told, or runs it in a way that is not looked through. */
  unclear: string[];
}

/** Reads the commands of one file. */
export class Reader {
  readonly #file: string;
  readonly #code: string;
  readonly #values: Values;
  readonly #found: Found;

  constructor(file: string, code: string, values: Values, found: Found) {
    this.#file = file;
    this.#code = code;
    this.#values = values;
    this.#found = found;
  }

  /** A program and what is given to it. */
  command(words: readonly Word[]): void {
    const [first, ...rest] = words;
    if (first?.kind === "text") this.#program(first.text, rest);
    if (first?.kind === "value") this.#value(first.of);
    if (first?.kind === "some") this.#several(first, rest);
  }

  /** Several words that are known elsewhere: a command by which this one is run, or all that a function was given. */
  #several(first: Word & { kind: "some" }, rest: readonly Word[]): void {
    const name = /(\w+)(?: \?\? \[\])?$/.exec(this.#source(first.of))?.[1] ?? "";
    if (THROUGH.has(name) && rest.length > 0) this.command(rest);
    else if (!GIVEN.has(name)) this.unclear(first.of);
  }

  #program(name: string, args: readonly Word[]): void {
    const isPathOfOurs = name.includes("/") && !name.startsWith("/");
    if (name === "" || isPathOfOurs) return;
    this.#found.programs.add(name);
    if (name === "ip") this.inNamespace(args);
    if (RUN_ANOTHER.has(name)) this.command(behindOptions(args));
    if (SHELLS.has(name)) this.#shell(args);
  }

  /** `ip netns exec <name> ...`, wherever these words stand. */
  inNamespace(words: readonly Word[]): void {
    const at = words.findIndex((word, index) => isText(word, "netns") && isText(words[index + 1], "exec"));
    if (at >= 0) this.command(words.slice(at + 3));
  }

  #shell(args: readonly Word[]): void {
    const at = args.findIndex((word) => word.kind === "text" && /^-\w*c$/.test(word.text));
    const script = args[at + 1];
    if (at < 0 || script === undefined) return;
    const text = script.kind === "text" ? script.text : textBehind(script.of, this.#values);
    if (text === null) this.unclear(script.kind === "text" ? null : script.of);
    else this.script(text);
  }

  /** A piece of shell. */
  script(text: string): void {
    for (const name of programsInShell(text)) this.#found.programs.add(name);
  }

  /** A program that is no literal. */
  #value(node: ESTree.Expression): void {
    const source = this.#source(node);
    if (source === "process.execPath" || /^process\.env\.\w+$/.test(source)) return;
    if (OURS[this.#file]?.includes(source)) return;
    if (node.type === "LogicalExpression") {
      for (const side of [node.left, node.right]) this.command([wordOf(side, this.#values)]);
      return;
    }
    // A path that is put together is one of ours: those of the system are found as literals.
    if (node.type === "CallExpression" && /^(join|resolve|fileURLToPath)$/.test(this.#source(node.callee))) return;
    if (node.type === "MemberExpression" && /^(command|program)\[0\]$/.test(source)) return;
    if (node.type === "Identifier") {
      const values = this.#values.get(node.name) ?? [];
      for (const value of values)
        this.command(value.type === "ArrayExpression" ? wordsIn(value, this.#values) : [wordOf(value, this.#values)]);
      if (values.length > 0 || GIVEN.has(node.name)) return;
    }
    this.unclear(node);
  }

  unclear(node: ESTree.Node | null): void {
    this.#found.unclear.push(node === null ? this.#file : `${this.#file}: ${this.#source(node)}`);
  }

  #source({ start, end }: { start: number; end: number }): string {
    return this.#code.slice(start, end);
  }
}

const wordOf = (node: ESTree.Expression, values: Values): Word => {
  const text = textBehind(node, values);
  return text === null ? { kind: "value", of: node } : { kind: "text", text };
};

const isText = (word: Word | undefined, text: string): boolean => word?.kind === "text" && word.text === text;

/** What follows options that are each one word. */
function behindOptions(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((word) => word.kind !== "text" || !word.text.startsWith("-"));
  return at < 0 ? [] : words.slice(at);
}

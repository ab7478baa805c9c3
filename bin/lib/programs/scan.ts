import { type ESTree, parseSync, Visitor } from "vite";
import { ANYWHERE, RUN_ANOTHER } from "./known.ts";
import { isChildProcess, namesIn } from "./names.ts";
import { type Found, Reader } from "./reader.ts";
import { HOLE, textOf, wordsIn, wordsOf } from "./words.ts";

/** Files of the system, wherever they are named. */
const SYSTEM = /(?<![\w.$}/-])(?:\/usr)?\/(?:s?bin|lib|libexec|share)\/[\w.+/-]*[\w+]/g;
/** Of node:child_process these take a line of shell. */
const BY_SHELL = new Set(["exec", "execSync"]);
/** Options by which a call runs something else than it seems to. */
const TURNS = new Set(["shell", "execPath"]);

/** What a file of ours calls. @param file its path below the checkout */
export function scan(file: string, code: string): Found {
  const found: Found = { programs: new Set(), unclear: [] };
  const { program, errors } = parseSync(file, code);
  if (errors[0]) found.unclear.push(`${file}: ${errors[0].message}`);
  const { values, runners, ofNode, called } = namesIn(file, program);
  const reader = new Reader(file, code, values, found);

  /** A literal names files of the system, or is a script. */
  const literal = (node: ESTree.Expression) => {
    const text = textOf(node) ?? "";
    // require("node:child_process"), or imported in a way that is not looked through.
    if (isChildProcess(node) && !called.has(node.start)) reader.unclear(node);
    for (const [path] of text.matchAll(SYSTEM)) found.programs.add(path);
    if (text.startsWith("#!")) reader.script(text);
    if (!/\n/.test(text) || !/import\b[^\n]*child_process/.test(text)) return;
    const within = scan(file, text.replaceAll(HOLE, '""'));
    for (const name of within.programs) found.programs.add(name);
    found.unclear.push(...within.unclear);
  };

  new Visitor({
    CallExpression({ callee, arguments: given }) {
      reader.inNamespace(wordsOf(given, values));
      const method =
        callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property : null;
      const name = callee.type === "Identifier" ? callee.name : (method?.name ?? "");
      const runner = (method ? undefined : runners.get(name)) ?? ANYWHERE.get(name);
      if (!runner) return;
      if ("from" in runner) return reader.command(wordsOf(given.slice(runner.from), values));
      const [first, second] = given.slice("program" in runner ? runner.program : runner.command);
      const args = (node: ESTree.Argument | undefined) =>
        node && node.type !== "SpreadElement" ? wordsIn(node, values) : [];
      if (first?.type === "SpreadElement" || !first) return reader.command(wordsOf(given, values));
      reader.command("program" in runner ? [...wordsOf([first], values), ...args(second)] : args(first));
    },
    ArrayExpression({ elements }) {
      const words = wordsOf(elements, values);
      reader.inNamespace(words);
      if (words[0]?.kind === "text" && RUN_ANOTHER.has(words[0].text)) reader.command(words);
    },
    Literal: literal,
    TemplateLiteral: literal,
    Property(node) {
      if (ofNode.size > 0 && node.key.type === "Identifier" && TURNS.has(node.key.name)) reader.unclear(node);
    },
    ImportDeclaration(node) {
      if (isChildProcess(node.source) && node.specifiers.some(({ type }) => type !== "ImportSpecifier"))
        reader.unclear(node);
    },
    Identifier(node) {
      // Handed on, or set as the value of another name: out of sight.
      if (ofNode.has(node.name) && (BY_SHELL.has(node.name) || !called.has(node.start))) reader.unclear(node);
    },
  }).visit(program);
  return found;
}

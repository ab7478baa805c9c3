import { join } from "node:path";
import { type ESTree, Visitor } from "vite";
import { OF_NODE, RUNNERS, type Runner } from "./known.ts";
import { textOf, type Values } from "./words.ts";

const CHILD_PROCESS = /^(?:node:)?child_process$/;
export const isChildProcess = (node: ESTree.Expression): boolean => CHILD_PROCESS.test(textOf(node) ?? "");

/** What the names of a file mean. */
export interface Names {
  values: Values;
  /** Functions that run what they are given. */
  runners: ReadonlyMap<string, Runner>;
  /** Those of them that are Node's, and `fork`: they are to be called and nothing else. */
  ofNode: ReadonlySet<string>;
  /** Where these stand as they may, by position. */
  called: ReadonlySet<number>;
}

export function namesIn(file: string, program: ESTree.Program): Names {
  const values = new Map<string, ESTree.Expression[]>();
  const runners = new Map<string, Runner>(Object.entries(RUNNERS[file] ?? {}));
  const ofNode = new Set<string>();
  const called = new Set<number>();

  const isSet = (name: string, to: ESTree.Expression) => values.set(name, [...(values.get(name) ?? []), to]);
  const comes = (imported: string, local: string) => {
    ofNode.add(local);
    const runner = OF_NODE[imported];
    if (runner) runners.set(local, runner);
  };
  /** `const run = promisify(execFile)` */
  const promised = (node: ESTree.Expression): ESTree.Expression | null => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "promisify")
      return null;
    const [given] = node.arguments;
    return given?.type === "Identifier" ? given : null;
  };

  new Visitor({
    ImportDeclaration({ source, specifiers, importKind }) {
      called.add(source.start);
      for (const one of specifiers) {
        called.add(one.local.start);
        if (one.type !== "ImportSpecifier" || importKind === "type" || one.importKind === "type") continue;
        const imported = one.imported.type === "Identifier" ? one.imported.name : one.imported.value;
        called.add(one.imported.start);
        if (isChildProcess(source)) comes(imported, one.local.name);
        const runner = source.value.startsWith(".") && RUNNERS[join(file, "..", source.value)]?.[imported];
        if (runner) runners.set(one.local.name, runner);
      }
    },
    VariableDeclarator({ id, init }) {
      if (init === null) return;
      if (id.type === "Identifier") isSet(id.name, init);
      if (id.type === "ArrayPattern") {
        const [first] = id.elements;
        const name = first?.type === "AssignmentPattern" ? first.left : first;
        if (name?.type === "Identifier") isSet(name.name, init);
      }
      // `const { spawn } = await import("node:child_process")`
      const imported =
        init.type === "AwaitExpression" && init.argument.type === "ImportExpression" ? init.argument : null;
      if (imported && isChildProcess(imported.source) && id.type === "ObjectPattern") {
        called.add(imported.source.start);
        for (const property of id.properties)
          if (
            property.type === "Property" &&
            property.key.type === "Identifier" &&
            property.value.type === "Identifier"
          ) {
            called.add(property.key.start).add(property.value.start);
            comes(property.key.name, property.value.name);
          }
      }
    },
    AssignmentExpression({ left, right }) {
      if (left.type === "Identifier") isSet(left.name, right);
    },
    CallExpression(node) {
      called.add(node.callee.start);
      const given = promised(node);
      if (given) called.add(given.start);
    },
    MemberExpression({ property, computed }) {
      if (!computed) called.add(property.start);
    },
    TSTypeQuery({ exprName }) {
      called.add(exprName.start);
    },
  }).visit(program);

  for (const [name, set] of values)
    for (const value of set) {
      const given = promised(value);
      const runner = given?.type === "Identifier" ? runners.get(given.name) : undefined;
      if (runner) runners.set(name, runner);
    }
  return { values, runners, ofNode, called };
}

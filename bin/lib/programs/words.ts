import type { ESTree } from "vite";

/** One word of a command, as far as the code tells it; several words that are put in between are one `some`. */
export type Word =
  | { kind: "text"; text: string }
  | { kind: "value"; of: ESTree.Expression }
  | { kind: "some"; of: ESTree.Expression };

/** What a name of a file is set to, wherever that is: by name, without regard to where it is seen. */
export type Values = ReadonlyMap<string, readonly ESTree.Expression[]>;

/** A template's holes become `$x`, which is nothing to a shell that a list could know. */
export const HOLE = "$x";

/** The text that a literal or template is; `null`: it is something else. */
export function textOf(node: ESTree.Expression): string | null {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return null;
  return node.quasis.map(({ value }) => value.cooked ?? value.raw).join(HOLE);
}

/** The text of an expression, also where a name of the file stands for it. */
export function textBehind(node: ESTree.Expression, values: Values): string | null {
  if (node.type !== "Identifier") return textOf(node);
  const [only, other] = values.get(node.name) ?? [];
  return only && !other ? textOf(only) : null;
}

/** Words of the arguments of a call or elements of an array. */
export function wordsOf(nodes: readonly (ESTree.Argument | ESTree.ArrayExpressionElement)[], values: Values): Word[] {
  return nodes.flatMap((node): Word[] => {
    if (node === null) return [];
    if (node.type === "SpreadElement") return wordsIn(node.argument, values);
    const text = textOf(node);
    return [text === null ? { kind: "value", of: node } : { kind: "text", text }];
  });
}

/** Words of an expression that is an array of them. */
export function wordsIn(node: ESTree.Expression, values: Values): Word[] {
  if (node.type === "ParenthesizedExpression") return wordsIn(node.expression, values);
  if (node.type === "ArrayExpression") return wordsOf(node.elements, values);
  if (node.type === "ConditionalExpression")
    return [...wordsIn(node.consequent, values), ...wordsIn(node.alternate, values)];
  if (node.type === "Identifier") {
    const [only, other] = values.get(node.name) ?? [];
    if (only?.type === "ArrayExpression" && !other) return wordsOf(only.elements, values);
  }
  return [{ kind: "some", of: node }];
}

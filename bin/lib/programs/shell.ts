/** What a shell does itself, and words that only order what others do. */
const ITS_OWN = new Set(
  ". : [ break case cd command continue do done echo elif else esac eval exec exit export false fi for function if in kill local printf pwd read return set shift test then time times trap true type ulimit umask unset until wait while { } ! [[ ((".split(
    " ",
  ),
);
/** Of these the next word may be a program. */
const BEFORE_ANOTHER = new Set("do else elif exec if then until while ! {".split(" "));

/** Names of the functions that a piece of shell defines. */
export const functionsIn = (text: string): string[] =>
  [...text.matchAll(/^\s*(\w+)\(\) \{/gm)].map(([, name = ""]) => name);

/**
 * Programs that a piece of shell calls, without those that it finds by a variable or a path of ours.
 * @param functions of others that it sources
 */
export function programsInShell(text: string, functions: readonly string[] = []): string[] {
  const own = new Set([...functions, ...functionsIn(text)]);
  const lines = text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, ""))
    .filter((line) => functionsIn(line).length === 0);
  return [...new Set(lines.flatMap(commandsIn).flatMap(programOf))].filter((name) => !own.has(name));
}

/** Simple commands: what stands between the shell's operators, outside of quotes, and inside of `$( )`. */
function commandsIn(line: string): string[] {
  const inner = [...line.matchAll(/\$\(([^()]*)\)/g)].map(([, command = ""]) => command);
  const outer = line
    .replaceAll(/\$\([^()]*\)/g, "$x")
    .replaceAll(/'[^']*'/g, "'quoted'")
    .replaceAll(/"[^"]*"/g, (quoted) => (/^"[\w/.-]+"$/.test(quoted) ? quoted.slice(1, -1) : '"$quoted"'))
    .replaceAll(/\d?>&-?\d?|&>|[<>]&\d?/g, " ");
  return [...inner.flatMap(commandsIn), ...outer.split(/\|\||&&|[;|&()]/)];
}

function programOf(command: string): string[] {
  const words = command.trim().split(/\s+/);
  while (words[0] !== undefined && (/^\w+\+?=/.test(words[0]) || BEFORE_ANOTHER.has(words[0]))) words.shift();
  const [first = ""] = words;
  // A pattern of `case` and a redirection without a command name none.
  if (first === "" || ITS_OWN.has(first) || /^["'$<>*\d]|[\])]$|[=(]/.test(first)) return [];
  return first.includes("/") && !first.startsWith("/") ? [] : [first];
}

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { scan } from "./scan.ts";
import { programsInShell } from "./shell.ts";

const IMPORTS = 'import { spawn, execFile, execFileSync } from "node:child_process";\n';
const calls = (code: string, file = "packages/x/src/x.ts") => [...scan(file, IMPORTS + code).programs].sort();
const unclear = (code: string, file = "packages/x/src/x.ts") => scan(file, code).unclear.length;

suite("programs are seen", () => {
  for (const [how, code, programs] of [
    ["by name", 'spawn("tcpdump", ["-i"]);', ["tcpdump"]],
    ["by a name that is set before", 'const dump = "tcpdump"; spawn(dump);', ["tcpdump"]],
    ["by either name", 'spawn(process.env.X ?? "tcpdump");', ["tcpdump"]],
    ["as a promise", 'const run = promisify(execFile); await run("tcpdump", []);', ["tcpdump"]],
    ["under another name", 'import { spawn as begin } from "child_process"; begin("tcpdump");', ["tcpdump"]],
    ["from an array", 'const [a = "", ...b] = ["tcpdump", "-i"]; spawn(a, b);', ["tcpdump"]],
    ["in a namespace", 'spawn("ip", ["netns", "exec", name, "tcpdump"]);', ["ip", "tcpdump"]],
    ["in a namespace, by a helper", 'ip("netns", "exec", name, "tcpdump");', ["tcpdump"]],
    ["by unshare", 'spawn("unshare", ["--net", ...(a ? [] : ["-r"]), "tcpdump"]);', ["tcpdump", "unshare"]],
    ["by unshare, put before others", 'const through = ["unshare", "--net", "tcpdump"];', ["tcpdump", "unshare"]],
    ["by a shell", 'spawn("sh", ["-ec", `a=1; exec tcpdump -i x`]);', ["sh", "tcpdump"]],
    ["by a script", 'write(`#!/bin/sh\\nexec tcpdump "$@"\\n`);', ["/bin/sh", "tcpdump"]],
    [
      "by a script of JavaScript",
      "const s = `const {spawn} = await import('node:child_process');\nspawn('tcpdump');`;",
      ["tcpdump"],
    ],
    ["by path, wherever it stands", 'launch({ executablePath: "/usr/bin/chromium" });', ["/usr/bin/chromium"]],
    ["as a file", 'existsSync("/usr/lib/nginx/modules/x.so");', ["/usr/lib/nginx/modules/x.so"]],
    ["not where ours are called", 'spawn(process.execPath, ["x"]); spawn(join(root, "bin", "start"));', []],
  ] as const)
    test(how, () => assert.deepEqual(calls(code), programs));

  test("by a function of ours, known by its import", () => {
    const code = 'import { run as film } from "../lib/media.ts"; film("tcpdump", []);';
    assert.deepEqual(calls(code, "tests/x/x.ts"), ["tcpdump"]);
    assert.deepEqual(calls(code.replace("media", "other"), "tests/x/x.ts"), []);
  });

  test("by a method of ours, known by its name", () => {
    assert.deepEqual(calls('machine.startProgram("tcpdump", [], /x/);'), ["tcpdump"]);
  });
});

suite("what cannot be told is refused", () => {
  const from = (names: string) => `import { ${names} } from "node:child_process";\n`;
  for (const [what, code] of [
    ["a program given by whoever calls", `${from("spawn")} const go = (what) => spawn(what);`],
    ["a program that is computed", `${from("spawn")} spawn(["tcp", "dump"].join(""));`],
    ["a program in a namespace, likewise", `${from("spawn")} spawn("ip", ["netns", "exec", name, ...what]);`],
    ["a line of shell", `${from("exec")} exec("tcpdump");`],
    ["an option that makes one of it", `${from("spawn")} spawn("ip", [], { shell: true });`],
    ["an option that turns it", `${from("fork")} fork("x.ts", { execPath: "tcpdump" });`],
    ["a function of Node's that is handed on", `${from("spawn")} later(spawn, "tcpdump");`],
    ["one that gets another name", `${from("spawn")} const go = spawn; go("tcpdump");`],
    ["all of them under one name", 'import * as processes from "node:child_process"; processes.spawn("tcpdump");'],
    ["all of them, imported late", 'const processes = await import("node:child_process");'],
    ["all of them, by another file", 'export * from "node:child_process";'],
    ["all of them, required", 'const { spawn } = require("node:child_process");'],
    ["code that cannot be read", "spawn("],
  ] as const)
    test(what, () => assert.notEqual(unclear(code), 0));
});

suite("a shell's programs are seen", () => {
  for (const [how, text, programs] of [
    ["in turn", "a\nb; c && d || e | f & g", ["a", "b", "c", "d", "e", "f", "g"]],
    ["behind words of the shell", "if a; then b; else exec c; fi", ["a", "b", "c"]],
    ["behind settings", "A=1 B='x y' a", ["a"]],
    ["within others", 'x=$(a "$1")', ["a"]],
    ["not where a variable or a path of ours is called", '"$x" y; bin/z; $w', []],
    ["not in comments and quotes", "# a\necho 'b; c' \"d; e\" # f", []],
    ["not where they are functions", "a() {\n  b\n}\na", ["b"]],
  ] as const)
    test(how, () => assert.deepEqual(programsInShell(text), programs));
});

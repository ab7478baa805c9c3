import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { cache, root } from "./paths.mjs";

/** The npm package that holds the pinned runtime and its headers. */
const folder = join(root, "node_modules", `node-${process.platform}-${process.arch}`);

/** The pinned runtime, brought by npm; `.cache/node` leads to it. */
export function pinnedRuntime() {
  const node = join(folder, "bin", "node");
  if (!existsSync(node))
    throw new SetUpError(
      "machine.unsupported",
      `There is no pinned runtime for ${process.platform} on ${process.arch}: Raadhuis runs on Linux, x64 and arm64.`,
    );
  pointTo(join(cache, "node"), node);
  return {
    node,
    folder,
    version: /** @type {string} */ (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version),
  };
}

/** A symbolic link at `link` to `target`, in place of whatever stands there. @param {string} link @param {string} target */
export function pointTo(link, target) {
  try {
    if (readlinkSync(link) === target) return;
  } catch {
    // not there, or no link
  }
  mkdirSync(join(link, ".."), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(target, link);
}

/** The environment in which `node` and npm's scripts mean the pinned runtime. @param {string} node */
export function runtimeEnv(node) {
  return { ...process.env, PATH: `${join(node, "..")}:${process.env.PATH}`, npm_config_nodedir: folder };
}

import { resolve } from "node:path";

const files = ["RAADHUIS_TLS_CERT", "RAADHUIS_TLS_KEY", "RAADHUIS_GALLERY_TLS_CERT", "RAADHUIS_GALLERY_TLS_KEY"];

/** Files are named from where somebody stands who starts the house; its processes stand elsewhere. */
export const withFullPaths = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  ...Object.fromEntries(files.flatMap((name) => (env[name] ? [[name, resolve(env[name])]] : []))),
});

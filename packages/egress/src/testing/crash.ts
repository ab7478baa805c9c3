import { AsyncLocalStorage } from "node:async_hooks";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const DEEDS = ["rename", "rm", "open", "copyFile", "appendFile", "truncate", "mkdir"] as const;
const real = { ...fs.promises };

interface Life {
  deedsLeft: number;
  died: () => void;
}
const lives = new AsyncLocalStorage<Life>();

for (const name of DEEDS)
  Object.assign(fs.promises, {
    [name]: async (...given: unknown[]) => {
      const life = lives.getStore();
      if (life && --life.deedsLeft <= 0) {
        const [path, text] = given;
        if (life.deedsLeft === 0 && name === "appendFile" && typeof path === "string" && typeof text === "string")
          await real.appendFile(path, text.slice(0, text.length / 2));
        life.died();
        await new Promise(() => undefined);
      }
      return Reflect.apply(real[name], fs.promises, given);
    },
  });
syncBuiltinESMExports();

/**
 * Does `work` up to its `nth` deed on the file system, which never returns, nor does any later one: as if the process
 * had died there. An append that it dies in has written half.
 */
export async function dyingAt(nth: number, work: () => Promise<unknown>): Promise<{ died: boolean }> {
  return new Promise((resolve, reject) => {
    const life = { deedsLeft: nth, died: () => resolve({ died: true }) };
    lives.run(life, work).then(() => resolve({ died: false }), reject);
  });
}

// Does the set-up that is still missing: node bin/set-up.mjs install | start | test
import { reportAndExit } from "./lib/errors.mjs";
import { setUp } from "./lib/steps.mjs";

await setUp(process.argv[2]).catch(reportAndExit);

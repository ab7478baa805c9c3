// Medooze's patches as commits, to change them or to move them to another release (docs/decisions/002).
import { reportAndExit, SetUpError } from "./lib/errors.mjs";
import { exportSeries, makeTree, moveToRelease } from "./lib/medoozeTree.mjs";

const USAGE = `npm run medooze tree FOLDER      a repository there: the packages as installed, and each patch a commit
npm run medooze release FOLDER   the packages that are installed now below those commits, by git rebase
npm run medooze export FOLDER    packages/sfu/install/patches anew, from the commits`;

const [what = "", folder] = process.argv.slice(2);
const acts = { tree: makeTree, release: moveToRelease, export: exportSeries };
const act = Object.entries(acts).find(([name]) => name === what)?.[1];
if (what === "--help") console.log(USAGE);
else if (!act || !folder) reportAndExit(new SetUpError("medooze.unknown", `What, and where?\n${USAGE}\n`));
else await act(folder).catch(reportAndExit);

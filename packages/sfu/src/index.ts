export { type Sfu, type SfuOptions, type StartProblem, startSfu } from "./sfu.ts";

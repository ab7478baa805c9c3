/** What is counted where it happens, for the whole process; `Metrics` tells it. */
export const counts = { layerSwitches: 0, webhooksTaken: 0, webhooksDropped: 0 };

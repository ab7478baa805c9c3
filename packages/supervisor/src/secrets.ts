/** Settings ask for keys where a cluster is named; this opens nothing. */
const NONE = "not-given";

const without = (env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

const withoutMediaKeys = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  env.LIVEKIT_URL
    ? { ...env, LIVEKIT_API_KEY: NONE, LIVEKIT_API_SECRET: NONE }
    : without(env, ["LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"]);

const withoutRelay = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => without(env, ["TURN_URLS", "TURN_SECRET"]);
const withoutWebhooks = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  without(env, ["RAADHUIS_WEBHOOKS", "RAADHUIS_WEBHOOK_KEY", "RAADHUIS_WEBHOOK_SECRET"]);
/** What only the media server works with. */
const withoutMediaOnly = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => withoutRelay(withoutWebhooks(env));

/**
 * Each part is given the secrets it works with. Egress decodes what anybody in the chamber sends: with the media keys
 * it could make itself a ticket to a closed part. It enters rooms by the server's tickets only, as the demo's people do.
 */
export const envOfEgress = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  without(withoutMediaOnly(withoutMediaKeys(env)), ["RAADHUIS_ADMISSION_SECRET"]);
export const envOfDemo = envOfEgress;
/** The media server gives out credentials of the relay and signs webhooks; nobody else needs those secrets. */
export const envOfServer = withoutMediaOnly;
export const envOfSfu = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => env;

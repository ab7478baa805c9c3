import { type Office, routes, signInLink, type TrailKind } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { houseError } from "../errors.ts";
import { OFFICE_COOKIE, officeCookie } from "../http/cookies.ts";
import { goneBefore } from "../http/gone.ts";
import { NetworkLimiter } from "../http/limiter.ts";
import { type Exchange, serve } from "../http/serve.ts";
import { hashOf, newId, newSecret } from "../random.ts";
import type { Body, Clerk } from "../store/house.ts";
import { lifetimes } from "../store/lifetimes.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import type { BodyZone } from "./bodyZone.ts";
import { isCommonPassword } from "./commonPasswords.ts";
import { deviceOf, rememberDevice } from "./device.ts";
import type { Attempt, Doorkeeper } from "./doorkeeper.ts";

const SIGN_IN_LINK_MS = 15 * 60_000;

interface DoorOptions {
  store: Pick<Store, "access" | "devices" | "house" | "now">;
  settings: Pick<Settings, "chamber">;
  doorkeeper: Doorkeeper;
  trail: Pick<Trail, "note">;
  zone: BodyZone;
}

type Named = Pick<Body, "name" | "identifier">;

/** Setting the house up, signing in and out. */
export function officeDoorRoutes(
  app: FastifyInstance,
  { store, settings, doorkeeper, trail, zone }: DoorOptions,
): void {
  const secure = settings.chamber.url.startsWith("https:");
  // Of links only wrong ones are counted, and apart from passwords: with 256 bits guessing is hopeless, and a right one
  // opens from wherever it is tried.
  const wrongLinks = new NetworkLimiter({ burst: 30, everyMs: 2_000 });
  const wrongLink = (ip: string) => {
    wrongLinks.mustTake(ip);
    return houseError("link.unknown");
  };

  const officeOf = ({ name: body, identifier }: Named, { name }: Clerk): Office => ({
    ...{ body, identifier, zone: zone.present },
    clerk: { name },
  });

  /** `until`: its longest end, where another session's is to be kept. */
  const signIn = async (
    clerk: Clerk,
    body: Named,
    { request, reply }: Pick<Exchange, "request" | "reply">,
    until = store.now() + lifetimes.clerk.longest,
  ): Promise<Office> => {
    const secret = newSecret();
    const session = { hash: hashOf(secret), now: store.now(), expiresAt: until };
    const ended = await store.access.addClerkSession(session, clerk.id);
    if (ended.length > 0) trail.note({ kind: "office.session-ended", result: "session.cap", clerk: clerk.id });
    reply.setCookie(OFFICE_COOKIE, secret, officeCookie(secure));
    await rememberDevice({ request, reply }, clerk, { store, secure });
    return officeOf(body, clerk);
  };

  /** A browser that signed in before is counted by itself, any other by the networks it comes from. */
  const isRight = async (clerk: Clerk | undefined, account: string, request: FastifyRequest, attempt: Attempt) => {
    const device = clerk && deviceOf(request, clerk);
    const failures = device && (await store.devices.begin(device, store.now()));
    if (!device || failures === undefined) return doorkeeper.isStrangersRight(attempt, { ip: request.ip, account });
    try {
      return await doorkeeper.isKnownRight(attempt, failures);
    } catch (error) {
      await store.devices.giveBack(device);
      throw error;
    }
  };

  const mustBeSetUpLink = async (secret: string, ip: string): Promise<void> => {
    if (await store.house.body()) throw houseError("office.already-set-up");
    const link = await store.access.setUpLink(hashOf(secret), store.now());
    if (link === undefined) throw wrongLink(ip);
    if (link === "lapsed") throw houseError("office.setup-lapsed");
  };

  const presentBody = async (): Promise<Body> => {
    const body = await store.house.body();
    if (!body) throw houseError("office.not-set-up");
    return body;
  };

  serve(
    app,
    routes.office,
    {
      // So that a page can say at once, and not after everything was filled in, that a link does not work.
      checkSetUpLink: async ({ body: { secret } }, { request }) => mustBeSetUpLink(secret, request.ip),

      setUp: async (
        { body: { secret, body, clerk, demo, zone: chosen = zone.present } },
        { request, reply, about },
      ) => {
        await mustBeSetUpLink(secret, request.ip);
        const { name, email } = clerk;
        if (await isCommonPassword(clerk.password, [body, name, email]))
          throw houseError("password.common", { at: { field: "clerk.password" } });
        const password = await doorkeeper.hash(clerk.password, goneBefore(reply));
        const row = { id: newId(), name, email: email.toLowerCase(), password };
        const first = await store.house.setUp({ name: body, zone: chosen, demo }, row, store.now());
        if (!first) throw houseError("office.already-set-up");
        about({ clerk: row.id });
        zone.learn(chosen);
        return signIn(row, await presentBody(), { request, reply });
      },

      signIn: async ({ body: given }, { request, reply, about }) => {
        const body = await presentBody();
        if ("secret" in given) {
          const found = await store.access.useSignInLink(hashOf(given.secret), store.now());
          about({ clerk: found?.clerk });
          if (found && found.link !== "good") throw houseError(`office.link-${found.link}`);
          const known = found && (await store.house.clerk(found.clerk));
          if (!found || !known) throw wrongLink(request.ip);
          return signIn(known, body, { request, reply }, found.until);
        }
        const account = given.email.trim().toLowerCase();
        const clerk = await store.house.clerkByEmail(account);
        about({ clerk: clerk?.id });
        const attempt = { stored: clerk?.password, password: given.password, gone: goneBefore(reply) };
        const right = await isRight(clerk, account, request, attempt);
        if (!clerk || !right) throw houseError("office.wrong-credentials");
        return signIn(clerk, body, { request, reply });
      },

      signOut: async ({ session }, { reply }) => {
        await store.access.endSession(session);
        reply.clearCookie(OFFICE_COOKIE, officeCookie(secure));
      },

      get: async ({ clerk }) => officeOf(await presentBody(), clerk),

      changeZone: async ({ body, clerk }) => {
        await zone.change(body.zone);
        return officeOf(await presentBody(), clerk);
      },

      changeIdentifier: async ({ body, clerk }) => {
        await store.house.changeIdentifier(body.identifier);
        return officeOf(await presentBody(), clerk);
      },

      makeSignInLink: async ({ clerk, session }) => {
        const secret = newSecret();
        await store.access.putSignInLink(hashOf(secret), { clerk: clerk.id, session }, store.now() + SIGN_IN_LINK_MS);
        return { link: signInLink(settings.chamber.url, secret) };
      },
    },
    {
      checkSetUpLink: { kind: "house.set-up", only: "failed" },
      setUp: { kind: "house.set-up" },
      signIn: { kind: kindOfSignIn },
      signOut: { kind: "office.sign-out", only: "done" },
      changeZone: { kind: "house.zone-changed", only: "done" },
      changeIdentifier: { kind: "house.identifier-changed", only: "done" },
      makeSignInLink: { kind: "office.link-made", only: "done" },
    },
  );
}

const kindOfSignIn = (body: unknown): TrailKind =>
  typeof body === "object" && body && "secret" in body ? "office.sign-in-by-link" : "office.sign-in";

import { BodyId, BodyName, PersonName } from "@raadhuis/meeting";
import {
  House,
  IdentifierBody,
  Office,
  type Settings,
  SetUpBody,
  SetUpLinkBody,
  SignInBody,
  SignInLink,
  signInLink,
  type TrailKind,
  ZoneBody,
} from "@raadhuis/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { goneBefore } from "../http/gone.ts";
import { NetworkLimiter } from "../http/limiter.ts";
import type { Hub } from "../meetings/hub.ts";
import { hashOf, newId, newSecret } from "../random.ts";
import type { Body, Clerk } from "../store/house.ts";
import { lifetimes } from "../store/lifetimes.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import type { BodyZone } from "./bodyZone.ts";
import { isCommonPassword } from "./commonPasswords.ts";
import { OFFICE_COOKIE, officeCookie } from "./cookie.ts";
import { deviceOf, rememberDevice } from "./device.ts";
import type { Attempt, Doorkeeper } from "./doorkeeper.ts";
import { clerkOfRequest } from "./session.ts";

const SIGN_IN_LINK_MS = 15 * 60_000;

/** The meeting's words are stricter than the request's: every meeting is planned in this body's name. */
const setUpWords = SetUpBody.extend({ body: BodyName, clerk: SetUpBody.shape.clerk.extend({ name: PersonName }) });

const identifierWords = IdentifierBody.extend({ identifier: IdentifierBody.shape.identifier.pipe(BodyId) });

interface DoorOptions {
  store: Store;
  settings: Settings;
  hub: Hub;
  doorkeeper: Doorkeeper;
  trail: Pick<Trail, "note">;
  zone: BodyZone;
  /** The house has a name now, or another time zone. */
  onChange(): void;
}

type Named = Pick<Body, "name" | "identifier">;

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Setting the house up, signing in and out. */
export function officeDoorRoutes(
  app: FastifyInstance,
  { store, settings, hub, doorkeeper, trail, zone, onChange }: DoorOptions,
): void {
  const http = app.withTypeProvider<ZodTypeProvider>();
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

  const signIn = async (clerk: Clerk, body: Named, { request, reply }: Exchange): Promise<Office> => {
    request.subject.clerk = clerk.id;
    const secret = newSecret();
    const now = store.now();
    const session = { hash: hashOf(secret), now, expiresAt: now + lifetimes.clerk.longest };
    const ended = await store.access.addClerkSession(session, clerk.id);
    if (ended.length > 0) {
      hub.endSession(({ session }) => ended.includes(session));
      trail.note({ kind: "office.session-ended", result: "session.cap", clerk: clerk.id });
    }
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
    const link = await store.access.setUpLink(hashOf(secret), Date.now());
    if (link === undefined) throw wrongLink(ip);
    if (link === "lapsed") throw houseError("office.setup-lapsed");
  };

  const presentBody = async (): Promise<Body> => {
    const body = await store.house.body();
    if (!body) throw houseError("office.not-set-up");
    return body;
  };

  http.get("/api/house", { schema: { response: { 200: House } } }, async () => {
    const body = await store.house.body();
    return { body: body?.name ?? null, zone: zone.present, gallery: settings.gallery.url, demo: body?.demo ?? false };
  });

  // So that a page can say at once, and not after everything was filled in, that a link does not work.
  http.post(
    "/api/office/setup-link",
    {
      schema: { body: SetUpLinkBody, response: { 204: z.null() } },
      config: { trail: { kind: "house.set-up", only: "failed" } },
    },
    async ({ body: { secret }, ip }, reply) => {
      await mustBeSetUpLink(secret, ip);
      return reply.code(204).send(null);
    },
  );

  http.post(
    "/api/office/setup",
    { schema: { body: setUpWords, response: { 200: Office } }, config: { trail: { kind: "house.set-up" } } },
    async (request, reply) => {
      const { secret, body, clerk, demo, zone: chosen = zone.present } = request.body;
      await mustBeSetUpLink(secret, request.ip);
      const { name, email } = clerk;
      if (await isCommonPassword(clerk.password, [body, name, email]))
        throw houseError("password.common", undefined, { field: "clerk.password" });
      const password = await doorkeeper.hash(clerk.password, goneBefore(reply));
      const row = { id: newId(), name, email: email.toLowerCase(), password };
      const first = await store.house.setUp({ name: body, zone: chosen, demo }, row, Date.now());
      if (!first) throw houseError("office.already-set-up");
      zone.learn(chosen);
      onChange();
      return signIn(row, await presentBody(), { request, reply });
    },
  );

  http.post(
    "/api/office/sign-in",
    { schema: { body: SignInBody, response: { 200: Office } }, config: { trail: { kind: kindOfSignIn } } },
    async (request, reply) => {
      const { body: given, ip } = request;
      const body = await presentBody();
      if ("secret" in given) {
        const found = await store.access.useSignInLink(hashOf(given.secret), store.now());
        request.subject.clerk = found?.clerk;
        if (found && found.link !== "good") throw houseError(`office.link-${found.link}`);
        const known = found && (await store.house.clerk(found.clerk));
        if (!known) throw wrongLink(ip);
        return signIn(known, body, { request, reply });
      }
      const account = given.email.trim().toLowerCase();
      const clerk = await store.house.clerkByEmail(account);
      request.subject.clerk = clerk?.id;
      const attempt = { stored: clerk?.password, password: given.password, gone: goneBefore(reply) };
      const right = await isRight(clerk, account, request, attempt);
      if (!clerk || !right) throw houseError("office.wrong-credentials");
      return signIn(clerk, body, { request, reply });
    },
  );

  http.post(
    "/api/office/sign-out",
    { schema: { response: { 204: z.null() } }, config: { trail: { kind: "office.sign-out", only: "done" } } },
    async (request, reply) => {
      const { session } = await clerkOfRequest(request, store);
      await store.access.endSession(session);
      hub.endSession((connection) => connection.session === session);
      reply.clearCookie(OFFICE_COOKIE, officeCookie(secure));
      return reply.code(204).send(null);
    },
  );

  http.get("/api/office", { schema: { response: { 200: Office } } }, async (request) => {
    const body = await presentBody();
    const { clerk } = await clerkOfRequest(request, store);
    return officeOf(body, clerk);
  });

  http.put(
    "/api/office/zone",
    {
      schema: { body: ZoneBody, response: { 200: Office } },
      config: { trail: { kind: "house.zone-changed", only: "done" } },
    },
    async (request) => {
      const { clerk } = await clerkOfRequest(request, store);
      const body = await presentBody();
      request.subject.clerk = clerk.id;
      await zone.change(request.body.zone);
      onChange();
      return officeOf(body, clerk);
    },
  );

  http.put(
    "/api/office/identifier",
    {
      schema: { body: identifierWords, response: { 200: Office } },
      config: { trail: { kind: "house.identifier-changed", only: "done" } },
    },
    async (request) => {
      const { clerk } = await clerkOfRequest(request, store);
      await presentBody();
      request.subject.clerk = clerk.id;
      await store.house.changeIdentifier(request.body.identifier);
      return officeOf(await presentBody(), clerk);
    },
  );

  http.post(
    "/api/office/sign-in-links",
    { schema: { response: { 200: SignInLink } }, config: { trail: { kind: "office.link-made", only: "done" } } },
    async (request) => {
      const { clerk } = await clerkOfRequest(request, store);
      const secret = newSecret();
      await store.access.putSignInLink(hashOf(secret), clerk.id, store.now() + SIGN_IN_LINK_MS);
      return { link: signInLink(settings.chamber.url, secret) };
    },
  );
}

const kindOfSignIn = (body: unknown): TrailKind =>
  typeof body === "object" && body && "secret" in body ? "office.sign-in-by-link" : "office.sign-in";

import { BodyName, PersonName } from "@raadhuis/meeting";
import { House, Office, type Settings, SetUpBody, SignInBody, SignInLink, signInLink } from "@raadhuis/protocol";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { Limiter, networkOf } from "../http/limiter.ts";
import type { Hub } from "../meetings/hub.ts";
import { hashOf, newId, newSecret } from "../random.ts";
import type { Clerk } from "../store/house.ts";
import type { Store } from "../store/store.ts";
import { OFFICE_COOKIE, OFFICE_SESSION_SECONDS, officeCookie } from "./cookie.ts";
import { hashPassword, isPassword, pretendToCompare } from "./passwords.ts";
import { clerkOfRequest } from "./session.ts";

const SIGN_IN_LINK_MS = 15 * 60_000;

/** The meeting's words are stricter than the request's: every meeting is planned in this body's name. */
const setUpWords = SetUpBody.extend({ body: BodyName, clerk: SetUpBody.shape.clerk.extend({ name: PersonName }) });

interface DoorOptions {
  store: Store;
  settings: Settings;
  hub: Hub;
  /** The house has a name now. */
  onSetUp(): void;
}

/** Setting the house up, signing in and out. */
export function officeDoorRoutes(app: FastifyInstance, { store, settings, hub, onSetUp }: DoorOptions): void {
  const http = app.withTypeProvider<ZodTypeProvider>();
  const secure = settings.chamber.url.startsWith("https:");
  const byNetwork = new Limiter({ burst: 20, everyMs: 5_000 });
  // Who guesses at one account from one place is slowed soon; so much later the account as a whole, that nobody can
  // keep a clerk out of the office by failing in their name.
  const byNetworkAndAccount = new Limiter({ burst: 10, everyMs: 30_000 });
  const byAccount = new Limiter({ burst: 200, everyMs: 3_000 });

  const signIn = async (clerk: Clerk, body: string, reply: FastifyReply): Promise<Office> => {
    const secret = newSecret();
    await store.access.addClerkSession(hashOf(secret), clerk.id, Date.now() + OFFICE_SESSION_SECONDS * 1000);
    reply.setCookie(OFFICE_COOKIE, secret, officeCookie(secure));
    return { body, clerk: { name: clerk.name } };
  };

  const nameOfBody = async (): Promise<string> => {
    const body = await store.house.body();
    if (!body) throw houseError("office.not-set-up");
    return body.name;
  };

  http.get("/api/house", { schema: { response: { 200: House } } }, async () => {
    const body = await store.house.body();
    return { body: body?.name ?? null, gallery: settings.gallery.url, demo: body?.demo ?? false };
  });

  http.post(
    "/api/office/setup",
    { schema: { body: setUpWords, response: { 200: Office } } },
    async ({ body: { secret, body, clerk, demo }, ip }, reply) => {
      const network = networkOf(ip);
      byNetwork.mustTake(network);
      if (await store.house.body()) throw houseError("office.already-set-up");
      if (!(await store.access.isSetUpLink(hashOf(secret)))) throw houseError("link.unknown");
      byNetwork.giveBack(network);
      const { name, email, password } = clerk;
      const row = { id: newId(), name, email: email.toLowerCase(), password: await hashPassword(password) };
      const first = await store.house.setUp({ name: body, demo }, row, Date.now());
      if (!first) throw houseError("office.already-set-up");
      onSetUp();
      return signIn(row, body, reply);
    },
  );

  http.post(
    "/api/office/sign-in",
    { schema: { body: SignInBody, response: { 200: Office } } },
    async ({ body: given, ip }, reply) => {
      const body = await nameOfBody();
      const network = networkOf(ip);
      byNetwork.mustTake(network);
      if ("secret" in given) {
        const clerk = await store.access.useSignInLink(hashOf(given.secret), Date.now());
        if (clerk === "used") throw houseError("office.link-used");
        const known = clerk === undefined ? undefined : await store.house.clerk(clerk);
        if (!known) throw houseError("link.unknown");
        byNetwork.giveBack(network);
        return signIn(known, body, reply);
      }
      const email = given.email.trim().toLowerCase();
      const place = `${network} ${email}`;
      byNetworkAndAccount.mustTake(place);
      byAccount.mustTake(email);
      const clerk = await store.house.clerkByEmail(email);
      const good = clerk ? await isPassword(given.password, clerk.password) : await pretendToCompare(given.password);
      if (!clerk || !good) throw houseError("office.wrong-credentials");
      byNetwork.giveBack(network);
      byNetworkAndAccount.giveBack(place);
      byAccount.giveBack(email);
      return signIn(clerk, body, reply);
    },
  );

  http.post("/api/office/sign-out", { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    const { session } = await clerkOfRequest(request, store);
    await store.access.endSession(session);
    hub.endSession((connection) => connection.session === session);
    reply.clearCookie(OFFICE_COOKIE, officeCookie(secure));
    return reply.code(204).send(null);
  });

  http.get("/api/office", { schema: { response: { 200: Office } } }, async (request) => {
    const { clerk } = await clerkOfRequest(request, store);
    return { body: await nameOfBody(), clerk: { name: clerk.name } };
  });

  http.post("/api/office/sign-in-links", { schema: { response: { 200: SignInLink } } }, async (request) => {
    const { clerk } = await clerkOfRequest(request, store);
    const secret = newSecret();
    await store.access.putSignInLink(hashOf(secret), clerk.id, Date.now() + SIGN_IN_LINK_MS);
    return { link: signInLink(settings.chamber.url, secret) };
  });
}

import { after, afterEach, before, beforeEach } from "node:test";
import type { RoomServiceClient, TrackInfo, VideoGrant } from "livekit-server-sdk";
import { type Browsing, startBrowsing } from "./browser.ts";
import { type CuttableWay, cuttableWay } from "./cuttable.ts";
import { GoPeople } from "./goPeople.ts";
import type { GoEntry, GoPerson } from "./goPerson.ts";
import type { Person } from "./person.ts";
import { type ServerUnderTest, serverUnderTest, type TicketOptions } from "./server.ts";
import { addressOf, Signaller, type Way } from "./signaller.ts";
import { endSynthetics, Synthetic } from "./synthetic.ts";

/** Options of a suite: servers and browsers take their time on a busy machine. */
export const patience = { timeout: 600_000 };

/** What runs in a page: livekit-client of today or of older days in Chromium, or that of today in Firefox. */
export type Client = "livekit-client" | "livekit-client-2.15" | "livekit-client-2.5" | "firefox";

/** With what somebody comes in, and where. */
export interface Entry extends TicketOptions {
  /** What their ticket allows; its `room` in place of the test's own. */
  grant?: VideoGrant;
  /** By default the server's own. */
  url?: string;
}

export interface PersonEntry extends Entry {
  /** By default the suite's. */
  client?: Client;
  /** Of livekit-client's `Room`, and `autoSubscribe`. */
  options?: object;
}

export interface RoomOptions {
  /** What people's pages run, where nothing else is said. */
  client?: Client;
  /** Settings of our own server. */
  environment?: Record<string, string>;
}

/** For the suite that is being described: a room of its own for each test. */
export const roomForEach = (name: string, options: RoomOptions = {}): RoomUnderTest =>
  new RoomUnderTest(name, true, options);

/** For the suite that is being described: one room for all its tests. */
export const roomForAll = (name: string, options: RoomOptions = {}): RoomUnderTest =>
  new RoomUnderTest(name, false, options);

/**
 * Where the tests of one suite meet: a server under contract, started before them and ended after them, and browsers,
 * each started when it is first asked for. Who comes in during a test leaves at its end; who comes in before the first
 * one, at the end of all.
 */
class RoomUnderTest {
  /** Of the room that people come into, where their ticket names no other. */
  name: string;
  readonly #client: Client;
  readonly #browsers = new Map<Client, Promise<Browsing>>();
  #server: ServerUnderTest | null = null;
  #ends: (() => Promise<unknown>)[] = [];
  #rtcNode = false;
  #goPeople: GoPeople | null = null;

  constructor(name: string, each: boolean, { client = "livekit-client", environment = {} }: RoomOptions) {
    this.name = name;
    this.#client = client;
    let count = 0;
    const ofSuite = this.#ends;
    before(async () => {
      this.#server = await serverUnderTest(environment);
    });
    beforeEach(() => {
      if (each) this.name = `${name}-${++count}`;
      this.#ends = [];
    });
    afterEach(() => this.#end());
    after(async () => {
      this.#ends = ofSuite;
      await this.#end();
      await Promise.all([...this.#browsers.values()].map(async (browsing) => (await browsing).stop()));
      // Of the whole process: of a file's suites only the last may have people of rtc-node's.
      if (this.#rtcNode) await endSynthetics();
      await this.#goPeople?.stop();
      await this.#server?.stop();
    });
  }

  get server(): ServerUnderTest {
    if (!this.#server) throw new Error("The server is there when tests run.");
    return this.#server;
  }

  get api(): RoomServiceClient {
    return this.server.api;
  }

  ticket(identity: string, grant: VideoGrant = {}, options: TicketOptions = {}): Promise<string> {
    return this.server.ticket(identity, { room: this.name, ...grant }, options);
  }

  /** To be done at the end of the test that runs, or of the suite where none does. */
  atEnd(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  /** A page where nobody has joined yet. */
  async page(client: Client = this.#client): Promise<Person> {
    let browsing = this.#browsers.get(client);
    if (!browsing) {
      browsing = client === "firefox" ? startBrowsing("livekit-client", { browser: client }) : startBrowsing(client);
      this.#browsers.set(client, browsing);
    }
    const person = await (await browsing).open();
    this.atEnd(() => person.page.close());
    return person;
  }

  /** Somebody in a browser. */
  async person(identity: string, { client, ...entry }: PersonEntry = {}): Promise<Person> {
    const person = await this.page(client);
    await this.enter(person, identity, entry);
    return person;
  }

  /** Who sits at this page comes in, perhaps again. */
  async enter(person: Person, identity: string, { grant, url, options, ...ticket }: PersonEntry = {}): Promise<void> {
    await person.join(url ?? this.server.url, await this.ticket(identity, grant, ticket), options);
  }

  /** Somebody by rtc-node; `one`: who has joined nothing yet. */
  async synthetic(
    identity: string,
    { grant, url, autoSubscribe = true, ...ticket }: Entry & { autoSubscribe?: boolean } = {},
    one = new Synthetic(),
  ): Promise<Synthetic> {
    this.#rtcNode = true;
    this.atEnd(() => one.leave());
    await one.join(url ?? this.server.url, await this.ticket(identity, grant, ticket), { autoSubscribe });
    return one;
  }

  /** Somebody by LiveKit's Go SDK; `one`: who has joined nothing yet, or has left. */
  async goPerson(
    identity: string,
    { grant, url, ttl, ...entry }: Pick<Entry, "grant" | "url" | "ttl"> & GoEntry = {},
    one?: GoPerson,
  ): Promise<GoPerson> {
    this.#goPeople ??= new GoPeople();
    const person = one ?? this.#goPeople.person();
    this.atEnd(() => person.leave().catch(() => {}));
    const ticket = await this.ticket(identity, grant, ttl === undefined ? {} : { ttl });
    await person.join(url ?? this.server.url, ticket, entry);
    return person;
  }

  /** A socket that has just been asked for. */
  async signaller(
    identity: string,
    { grant, url, way = {}, ...ticket }: Entry & { way?: Way } = {},
  ): Promise<Signaller> {
    const one = new Signaller(addressOf(url ?? this.server.url, await this.ticket(identity, grant, ticket), way));
    this.atEnd(async () => one.socket.terminate());
    return one;
  }

  /** A way to the server that can be cut. */
  async cuttableWay(): Promise<CuttableWay> {
    const way = await cuttableWay(Number(new URL(this.server.http).port));
    this.atEnd(() => way.stop());
    return way;
  }

  /** Who is in it, by the server API. */
  async identities(): Promise<string[]> {
    return (await this.api.listParticipants(this.name)).map(({ identity }) => identity).sort();
  }

  /** The first track of somebody here, by the server API. */
  async trackOf(identity: string): Promise<TrackInfo | undefined> {
    return (await this.api.getParticipant(this.name, identity)).tracks[0];
  }

  async #end(): Promise<void> {
    await Promise.all(this.#ends.splice(0).map((end) => end()));
  }
}

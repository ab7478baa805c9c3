import { connect, type Socket } from "node:net";
import {
  attributes,
  errorOf,
  longTermKey,
  methods,
  readStun,
  type StunMessage,
  stunRequest,
  xorAddress,
} from "./stun.ts";
import { until } from "./wait.ts";

/** A client of a relay that asks for what no browser would ask. Over TCP. */
export class TurnClient {
  readonly #socket: Socket;
  readonly #answers: StunMessage[] = [];
  #buffer = Buffer.alloc(0);
  #login: { key: Buffer; given: [number, Buffer][] } | null = null;

  constructor(address: string, port: number) {
    this.#socket = connect(port, address);
    this.#socket.on("error", () => {});
    this.#socket.on("data", (data) => this.#receive(data));
  }

  /** `null`: it was given; else the code of the refusal. */
  async allocate(username: string, password: string): Promise<number | null> {
    const udp: [number, Buffer] = [attributes.transport, Buffer.from([17, 0, 0, 0])];
    const challenge = await this.#ask(methods.allocate, [udp]);
    const realm = challenge.attributes.get(attributes.realm) ?? Buffer.alloc(0);
    const nonce = challenge.attributes.get(attributes.nonce) ?? Buffer.alloc(0);
    this.#login = {
      key: longTermKey(username, realm.toString(), password),
      given: [
        [attributes.username, Buffer.from(username)],
        [attributes.realm, realm],
        [attributes.nonce, nonce],
      ],
    };
    return errorOf(await this.#ask(methods.allocate, [udp]));
  }

  /** Asks to be relayed to this address. `null`: it may; else the code of the refusal. */
  async permission(address: string): Promise<number | null> {
    return errorOf(await this.#ask(methods.createPermission, [[attributes.peerAddress, xorAddress(address, 9)]]));
  }

  stop(): void {
    this.#socket.destroy();
  }

  async #ask(method: number, given: [number, Buffer][]): Promise<StunMessage> {
    const before = this.#answers.length;
    this.#socket.write(stunRequest(method, [...given, ...(this.#login?.given ?? [])], this.#login?.key ?? null));
    return until("the relay's answer", () => this.#answers[before]);
  }

  #receive(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    while (this.#buffer.length >= 20 && this.#buffer.length >= 20 + this.#buffer.readUInt16BE(2)) {
      const length = 20 + this.#buffer.readUInt16BE(2);
      const message = readStun(this.#buffer.subarray(0, length));
      if (message) this.#answers.push(message);
      this.#buffer = this.#buffer.subarray(length);
    }
  }
}

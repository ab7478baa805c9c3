import {
  ClientInfo_Capability,
  type ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  SignalRequest,
  SignalResponse,
  WrappedJoinRequest,
} from "@livekit/protocol";
import { WebSocket } from "ws";
import { until } from "./wait.ts";

type Request = SignalRequest["message"];
type Response = SignalResponse["message"];
type Case = NonNullable<Response["case"]>;
type Values = { [Kind in Response as NonNullable<Kind["case"]>]: Kind extends { value: infer Value } ? Value : never };

export interface Way {
  /** `/rtc` or `/rtc/v1`. */
  path?: "/rtc" | "/rtc/v1";
  autoSubscribe?: boolean;
  /** Comes back as this participant. */
  resume?: string;
  protocol?: number;
  sdk?: ClientInfo_SDK;
  clientProtocol?: number;
  capabilities?: ClientInfo_Capability[];
  metadata?: string;
  attributes?: Record<string, string>;
  /** More of the join request (`/rtc/v1`). */
  join?: ConstructorParameters<typeof JoinRequest>[0];
}

/** As livekit-client does it: with padding, which LiveKit insists on. */
export const base64url = (data: Uint8Array | string): string =>
  encodeURIComponent(Buffer.from(data).toString("base64").replaceAll("+", "-").replaceAll("/", "_"));

export const joinRequest = (way: Way = {}): string => {
  const { autoSubscribe = true, resume, protocol = 16, sdk = 1, metadata = "", attributes = {} } = way;
  const { clientProtocol = 0, capabilities = [], join = {} } = way;
  const request = new JoinRequest({
    clientInfo: { protocol, sdk, version: "2.23.0", clientProtocol, capabilities },
    connectionSettings: new ConnectionSettings({ autoSubscribe }),
    metadata,
    participantAttributes: attributes,
    ...(resume === undefined ? {} : { reconnect: true, participantSid: resume }),
    ...join,
  });
  return base64url(new WrappedJoinRequest({ joinRequest: request.toBinary() }).toBinary());
};

/** Query of either form, without the ticket. */
export function queryOf(way: Way = {}): string {
  const { path = "/rtc/v1", autoSubscribe = true, resume, protocol = 15, attributes = {} } = way;
  if (path === "/rtc/v1") return `join_request=${joinRequest(way)}`;
  const back = resume === undefined ? "" : `&reconnect=1&sid=${resume}`;
  const said = Object.keys(attributes).length === 0 ? "" : `&attributes=${base64url(JSON.stringify(attributes))}`;
  const { clientProtocol = 0, capabilities = [] } = way;
  const able = `&client_protocol=${clientProtocol}&capabilities=${capabilities.map((one) => ClientInfo_Capability[one]).join()}`;
  return `sdk=js&version=2.5.10&protocol=${protocol}&auto_subscribe=${autoSubscribe ? 1 : 0}${back}${said}${able}`;
}

/** Where such a client comes in with this ticket. */
export const addressOf = (url: string, ticket: string, way: Way = {}): string =>
  `${url}${way.path ?? "/rtc/v1"}?access_token=${ticket}&${queryOf(way)}`;

/** A client of the signalling alone: says what a test says, and keeps what it hears. */
export class Signaller {
  readonly socket: WebSocket;
  readonly heard: Response[] = [];
  /** Of each message, in step with `heard`: whether it came as text. */
  readonly asText: boolean[] = [];
  closed = false;
  /** Status of an upgrade that was refused; 0: none was. */
  status = 0;

  /** @param headers of the upgrade, such as a proxy of ours adds */
  constructor(address: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(address, { headers });
    this.socket.on("message", (data: Buffer, isBinary) => {
      const response = isBinary ? SignalResponse.fromBinary(data) : SignalResponse.fromJsonString(data.toString());
      this.asText.push(!isBinary);
      this.heard.push(response.message);
    });
    this.socket.on("unexpected-response", (_request, response) => {
      this.status = response.statusCode ?? 0;
      this.closed = true;
    });
    this.socket.on("close", () => {
      this.closed = true;
    });
    this.socket.on("error", () => {});
  }

  /** Waits for a message of this kind that is as wished; the first of them. */
  hears<Name extends Case>(
    name: Name,
    wished: (value: Values[Name]) => boolean = () => true,
    ms?: number,
  ): Promise<Values[Name]> {
    const isIt = (message: Response): message is Response & { value: Values[Name] } =>
      message.case === name && wished(message.value as Values[Name]);
    return until(name, () => this.heard.find(isIt), ms).then(({ value }) => value);
  }

  hasHeard(name: Case): boolean {
    return this.heard.some((message) => message.case === name);
  }

  say(message: Request): void {
    this.socket.send(new SignalRequest({ message }).toBinary());
  }

  /** The same as text. */
  write(message: Request): void {
    this.socket.send(new SignalRequest({ message }).toJsonString());
  }

  out(): Promise<unknown> {
    return until("the socket is closed", () => this.closed);
  }
}

/** Errors of Twirp v7, as livekit-server-sdk reads them: a stable code, a sentence, and the status that belongs to it. */
export const statusOf = {
  invalid_argument: 400,
  malformed: 400,
  unauthenticated: 401,
  not_found: 404,
  bad_route: 404,
  canceled: 408,
  deadline_exceeded: 408,
  already_exists: 409,
  failed_precondition: 412,
  resource_exhausted: 429,
  internal: 500,
  unimplemented: 501,
  unavailable: 503,
} as const;
export type TwirpCode = keyof typeof statusOf;

export class TwirpError extends Error {
  readonly code: TwirpCode;
  constructor(code: TwirpCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The call of RoomService that this is the path of; `null`: none. */
export const callOf = (pathname: string): string | null =>
  /^\/twirp\/livekit\.RoomService\/([A-Za-z]{1,40})$/.exec(pathname)?.[1] ?? null;

/** What of a protobuf message class a call needs: both encodings. */
export interface MessageType<T> {
  fromBinary(bytes: Uint8Array): T;
  fromJsonString(text: string, options?: { ignoreUnknownFields: boolean }): T;
}

export interface Encodable {
  toBinary(): Uint8Array;
  toJsonString(options?: { emitDefaultValues: boolean; useProtoFieldName: boolean }): string;
}

/** Reads a request of either encoding into its message. Throws TwirpError `malformed`. */
export type Decode = <T>(type: MessageType<T>) => T;

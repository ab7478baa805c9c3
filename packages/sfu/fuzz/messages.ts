import { type FieldInfo, type Message, type MessageType, ScalarType } from "@bufbuild/protobuf";
import { SignalRequest } from "@livekit/protocol";
import type { Random } from "./random.ts";

/** A message of this type with any fields of any value that its encoding can hold. */
export function wildMessage<T extends Message<T>>(type: MessageType<T>, random: Random, depth = 0): T {
  const message = new type();
  for (const field of type.fields.list()) {
    if (field.oneof || !random.chance(depth === 0 ? 0.5 : 0.3)) continue;
    Reflect.set(message, field.localName, wildField(field, random, depth));
  }
  for (const oneof of new Set(type.fields.list().flatMap((field) => field.oneof ?? []))) {
    const field = oneof.fields[random.below(oneof.fields.length)];
    if (field)
      Reflect.set(message, oneof.localName, { case: field.localName, value: wildSingle(field, random, depth) });
  }
  return message;
}

/** What a client may say, in any order and with any content. */
export const wildRequest = (random: Random): Buffer => Buffer.from(wildMessage(SignalRequest, random).toBinary());

function wildField(field: FieldInfo, random: Random, depth: number): unknown {
  if (field.kind === "map")
    return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.text(), "x"]));
  if (!field.repeated) return wildSingle(field, random, depth);
  const length = random.chance(0.02) ? 1000 : random.below(4);
  return Array.from({ length }, () => wildSingle(field, random, depth + 1));
}

function wildSingle(field: FieldInfo, random: Random, depth: number): unknown {
  switch (field.kind) {
    case "message":
      return depth > 4 ? new field.T() : wildMessage(field.T, random, depth + 1);
    case "enum":
      return random.pick([0, 1, 2, 3, 4, 5, 99, -1, 0x7fffffff]);
    case "scalar":
      return wildScalar(field.T, random);
    default:
      return undefined;
  }
}

function wildScalar(type: ScalarType, random: Random): unknown {
  switch (type) {
    case ScalarType.STRING:
      return random.text();
    case ScalarType.BOOL:
      return random.chance(0.5);
    case ScalarType.BYTES:
      return random.bytes(random.below(200));
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return random.pick([0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e30]);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return random.pick([0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return random.pick([0n, 1n, 2n ** 64n - 1n]);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return random.pick([0, 1, 2, 65_536, 0xffffffff]);
    default:
      return random.pick([0, 1, -1, 0x7fffffff, -0x80000000]);
  }
}

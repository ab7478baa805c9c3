import { refusalCodes } from "@raadhuis/meeting";
import { type AnyCode, type ErrorPlace, errorCodes } from "@raadhuis/protocol/http";
import type { FastifyError, FastifyInstance } from "fastify";
import { HouseError, houseError } from "../errors.ts";
import { Sparing } from "./sparing.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The code that this request was refused with. */
    refused?: string;
  }
}

/** Whatever goes wrong, the answer is an ErrorBody with a stable code; pages.ts has the pages for people. */
export function answerErrors(app: FastifyInstance): void {
  app.decorateRequest("refused");
  const failures = new Sparing();
  app.setErrorHandler<FastifyError | HouseError>((error, request, reply) => {
    const known = knownError(error);
    if (known.status >= 500 && known.code === "house.failed")
      failures.say((more) => request.log.error({ err: error, ...more }, "a request failed"));
    if (known.retryAfter !== undefined) reply.header("retry-after", known.retryAfter);
    request.refused = known.code;
    return reply.code(known.status).send(known.body());
  });
}

function knownError(error: FastifyError | HouseError): HouseError {
  if (error instanceof HouseError) return error;
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return houseError("request.too-large");
  if (error.validation) {
    const place = placeOf(error.validation[0]?.instancePath);
    const unknown = error.validationContext === "params" && unknownOf(place?.field);
    return unknown ? houseError(unknown) : houseError("request.malformed", { message: error.message, at: place });
  }
  const status = error.statusCode ?? 500;
  return status < 500 ? houseError("request.malformed") : houseError("house.failed");
}

/** A parameter of the address that cannot name anything is refused as if it named nothing: by `<param>.unknown`. */
const unknownOf = (field = ""): AnyCode | undefined =>
  [...errorCodes, ...refusalCodes].find((code) => code === `${field}.unknown`);

/** `/people/3/name` as people count: the fourth of `people`; `/clerk/email` is `clerk.email`. */
function placeOf(path = ""): ErrorPlace | undefined {
  const [field, index] = path.split("/").slice(1);
  if (!field) return undefined;
  if (index === undefined) return { field };
  return /^\d{1,6}$/.test(index) ? { field, line: Number(index) + 1 } : { field: `${field}.${index}` };
}

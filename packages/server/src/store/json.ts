import { z } from "zod";

const object = z.record(z.string(), z.unknown());

/** A JSON object as a column holds it; throws where it holds anything else. */
export const parseJson = (text: string): Record<string, unknown> => object.parse(JSON.parse(text));

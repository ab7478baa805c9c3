import type { FastifyInstance } from "fastify";
import type { Life } from "./lives.ts";

/**
 * A department of the house: what it answers, what it does by itself, and how that ends. Whom it listens to it says where
 * it is made.
 */
export interface Part extends Life {
  readonly name: string;
  /** Called once, before anything starts. */
  routes?(app: FastifyInstance): void | Promise<void>;
  /**
   * Work that one server process alone may do, where there are several. It is taken up and laid down at run time, any
   * number of times: `start` begins from what is in the store, and when `stop` resolves nothing of it is half done.
   */
  readonly duty?: Required<Life>;
}

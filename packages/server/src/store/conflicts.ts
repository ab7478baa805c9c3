import { HouseError } from "../errors.ts";

/** What is written is there already, by a key that is taken once. Nothing was changed. */
export class NotUnique extends Error {
  constructor() {
    super("Something of this key is in the database already.");
    this.name = "NotUnique";
  }
}

/** Others changed at the same time what this rests on. Nothing was changed; done again it may go well. */
export class Collision extends HouseError {
  constructor() {
    super("house.busy");
    this.name = "Collision";
  }
}

/** What a person can put right: a stable code, and a sentence that says how. */
export class SetUpError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {unknown} error */
export function report(error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(`raadhuis: ${error.message} [${error.code}]`);
}

/** @param {unknown} error @returns {never} */
export function reportAndExit(error) {
  report(error);
  process.exit(1);
}

/** Serial number arithmetic (RFC 1982) of 32 bits, as SCTP numbers its chunks. */

/** Whether `a` comes after `b`. */
export const isAfter = (a: number, b: number): boolean => a !== b && (a - b) >>> 0 < 0x80000000;

export const plus = (serial: number, count: number): number => (serial + count) >>> 0;

/** How far `a` is beyond `b`; meaningful where `a` does not come before it. */
export const distance = (a: number, b: number): number => (a - b) >>> 0;

/** Asks the media server what its heap holds (heap.ts). */
export const question = "heap?";

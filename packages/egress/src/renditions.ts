import { z } from "zod";

/** One quality of the stream: the same picture and sound, in another size, at another bit rate. */
export const Rendition = z.object({
  /** Names its playlist and files. */
  id: z.string().regex(/^[a-z0-9]{1,16}$/),
  width: z.int().positive().multipleOf(2),
  height: z.int().positive().multipleOf(2),
  /** Of the picture, bits a second: in the mean, and as the decoder's buffer is filled at most. */
  bitRate: z.int().positive(),
  mostBitRate: z.int().positive(),
  /** Of H.264, times ten (Rec. ITU-T H.264, Annex A). */
  level: z.int().positive(),
});
export type Rendition = z.infer<typeof Rendition>;
/** The first one is always made, and the recording is made of it; the others only while the machine makes everything. */
export const Renditions = z.tuple([Rendition], Rendition).readonly();
export type Renditions = z.infer<typeof Renditions>;

/** Of the sound, bits a second. */
export const AUDIO_BIT_RATE = 96_000;

/** What a decoder is to keep at most before it shows it (x264's VBV), bits. */
export const bufferOf = ({ mostBitRate }: Rendition): number => (mostBitRate * 5) / 3;

/** Of broadcasts that begin now. A broadcast keeps those it began with: players fetch the list once. */
export const RENDITIONS: Renditions = [
  { id: "720p", width: 1280, height: 720, bitRate: 1_500_000, mostBitRate: 1_800_000, level: 31 },
];

/** Of broadcasts whose ledger does not say: they began when there was no other. */
export const BEFORE_LISTS: Renditions = [
  { id: "720p", width: 1280, height: 720, bitRate: 1_500_000, mostBitRate: 1_800_000, level: 31 },
];

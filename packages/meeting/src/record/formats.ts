/**
 * The formats that events have been written and hashed in, oldest first; an event is written in the last one. A format
 * that was in a release is never changed and never dropped: whatever changes the shape of any event begins a new one.
 */
export const formats = ["raadhuis-record/1", "raadhuis-record/2"] as const;
export type Format = (typeof formats)[number];

export const FIRST: Format = formats[0];
export const NEWEST: Format = formats.at(-1) ?? FIRST;

/** Events of the first format do not name it. `undefined`: a format that is not known here. */
export const formatOf = ({ format = FIRST }: { format?: string | undefined }): Format | undefined =>
  formats.find((known) => known === format);

/** How a format is named in an event itself. */
export const named = (format: Format): { format?: Format } => (format === FIRST ? {} : { format });

import type { occupancyOf, StreamKind } from "@raadhuis/meeting";
import type { FromChild } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Doorkeeper } from "../office/doorkeeper.ts";

export interface HouseOptions {
  settings: Settings;
  log: Log;
  /** To the supervisor. */
  tell?: (message: FromChild) => void;
  /** RAADHUIS_ADMISSION_SECRET, by which the embedded media server knows whom we let in. */
  admissionSecret?: string | undefined;
  /** Folder of the built pages. */
  pages?: string;
  /** How long after its last page a seat counts as gone. */
  graceMs?: number;
  /** How long after its last page a seat keeps the floor. */
  floorGraceMs?: number;
  /** How long after its last page a session keeps its media, and after a new start everybody does. */
  mediaGraceMs?: number;
  /** Between two beats on each socket. */
  beatMs?: number;
  /** How long somebody who comes waits for a media server that does not listen. */
  patienceMs?: number;
  /** What compares passwords. */
  doorkeeper?: Doorkeeper;
  /** How often sessions are looked through for those that are over. */
  sessionCheckMs?: number;
  /** Which rooms a meeting has. */
  occupancy?: typeof occupancyOf;
  /** The clock by which what is kept is dated, sessions end and a meeting's time comes. */
  now?: () => number;
  /** What can be said to audiences, beside the record. */
  streams?: readonly StreamKind[];
}

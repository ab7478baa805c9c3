/** The picture changes at most this often, ms. */
export const SHOT_MS = 2000;
/** Softer than this is a room, not a voice, dB of full scale. */
const VOICE_DB = -45;
/** A voice must go on this long before the picture turns to it, ms. */
const SUSTAINED_MS = 300;
/** A voice this much louder takes the picture from one that still speaks, dB. */
const LOUDER_DB = 6;
/** A voice that stopped longer ago than this no longer speaks, ms. */
const STOPPED_MS = 500;

interface Voice {
  /** Smoothed, dB of full scale. */
  level: number;
  since: number;
  last: number;
}

/** Who speaks, by how loud each microphone is. */
export class ActiveSpeaker {
  #voices = new Map<string, Voice>();
  #current: string | null = null;
  #since = Number.NEGATIVE_INFINITY;

  /** @param level dB of full scale of a block that was heard at `at`, ms */
  hear(who: string, level: number, at: number): void {
    if (level < VOICE_DB) return;
    const voice = this.#voices.get(who);
    if (!voice || at - voice.last > STOPPED_MS) this.#voices.set(who, { level, since: at, last: at });
    else {
      voice.level += (level - voice.level) * 0.1;
      voice.last = at;
    }
  }

  leave(who: string): void {
    this.#voices.delete(who);
    if (this.#current === who) this.#current = null;
  }

  /** Whom to show at `at`: who spoke last keeps the picture through silence. `null`: nobody has spoken yet. */
  at(at: number): string | null {
    if (at - this.#since < SHOT_MS && this.#current !== null) return this.#current;
    const speaking = this.#current === null ? undefined : this.#voices.get(this.#current);
    const toBeat = speaking && at - speaking.last <= STOPPED_MS ? speaking.level + LOUDER_DB : VOICE_DB;
    let loudest: [string, Voice] | null = null;
    for (const [who, voice] of this.#voices) {
      if (at - voice.last > STOPPED_MS || voice.last - voice.since < SUSTAINED_MS) continue;
      if (voice.level < toBeat) continue;
      if (!loudest || voice.level > loudest[1].level) loudest = [who, voice];
    }
    if (loudest && loudest[0] !== this.#current) {
      this.#current = loudest[0];
      this.#since = at;
    }
    return this.#current;
  }
}

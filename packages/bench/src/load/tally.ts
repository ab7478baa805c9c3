/** Packets of one received stream, and those its sequence numbers say there should have been. */
export class Tally {
  packets = 0;
  bytes = 0;
  #first = -1;
  #highest = -1;

  take(packet: Buffer): void {
    const sequence = packet.readUInt16BE(2);
    this.packets++;
    this.bytes += packet.length;
    if (this.#first < 0) this.#first = this.#highest = sequence;
    const ahead = (sequence - this.#highest) & 0xffff;
    if (ahead < 0x8000) this.#highest += ahead;
  }

  get expected(): number {
    return this.#first < 0 ? 0 : this.#highest - this.#first + 1;
  }
}

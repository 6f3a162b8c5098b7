/** Numbers of targets that belong to something, a bit for each. */
export class Marks {
  private bits: Uint8Array

  /** @param room for so many numbers at first */
  constructor(room = 1024) {
    this.bits = new Uint8Array((room >> 3) + 1)
  }

  /** Bytes that they take. */
  get bytes(): number {
    return this.bits.byteLength
  }

  has(id: number): boolean {
    return ((this.bits[id >> 3] ?? 0) & (1 << (id & 7))) !== 0
  }

  set(id: number, belongs: boolean): void {
    const at = id >> 3
    if (at >= this.bits.length) {
      if (!belongs) return
      const grown = new Uint8Array(2 * at)
      grown.set(this.bits)
      this.bits = grown
    }
    if (belongs) this.bits[at]! |= 1 << (id & 7)
    else this.bits[at]! &= ~(1 << (id & 7))
  }

  /** Tells of all of them, by number. */
  each(tell: (id: number) => void): void {
    const { bits } = this
    for (let at = 0; at < bits.length; at++)
      for (let rest = bits[at]!; rest !== 0; rest &= rest - 1) tell(8 * at + 31 - Math.clz32(rest & -rest))
  }
}

/** Numbers of targets that belong to something, a bit for each. */
export class Marks {
  private bits = new Uint8Array(128)

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
}

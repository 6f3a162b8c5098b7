/** Draws one page after the other; a page that went out of sight before its turn is not drawn at all. */
export class Turns {
  private readonly waiting: { run: () => Promise<void>; wanted: () => boolean }[] = []
  private busy = false

  /** Puts a page in the queue; the newest is drawn first, for it is what somebody looks at. */
  add(run: () => Promise<void>, wanted: () => boolean): void {
    this.waiting.push({ run, wanted })
    if (!this.busy) void this.next()
  }

  private async next(): Promise<void> {
    this.busy = true
    for (let turn = this.waiting.pop(); turn; turn = this.waiting.pop()) if (turn.wanted()) await turn.run()
    this.busy = false
  }
}

import type { StandingColumns } from './columns.ts'
import { DayCounts, type Days } from './day-counts.ts'
import { keyOfRow } from './light-keys.ts'

/** How many documents had a target on a day that figures of the lights count. */
export class CountedDocuments {
  /** By document the days on which it has one, first and last of each stretch. */
  private readonly stretches = new Map<number, readonly Days[]>()
  private readonly counts: DayCounts
  /** Those of which something has changed since they were looked at. */
  private readonly changed = new Set<number>()

  constructor(
    private readonly columns: StandingColumns,
    private readonly days: Days,
  ) {
    this.counts = new DayCounts(days)
  }

  note(documentId: number): void {
    this.changed.add(documentId)
  }

  on(day: number): number {
    while (this.look(Infinity));
    return this.counts.on(0, day)
  }

  /** Looks at some of the documents that have changed. @returns whether there are more */
  look(most: number): boolean {
    let looked = 0
    for (const documentId of this.changed) {
      if (looked++ >= most) return true
      this.changed.delete(documentId)
      for (const { first, last } of this.stretches.get(documentId) ?? []) this.counts.add(0, first, last, -1)
      const stretches = this.stretchesOf(documentId)
      for (const { first, last } of stretches) this.counts.add(0, first, last, 1)
      this.stretches.set(documentId, stretches)
    }
    return false
  }

  private stretchesOf(documentId: number): Days[] {
    const { columns, days } = this
    const counts = new DayCounts(days)
    for (const id of columns.targetsIn([documentId])) {
      if (columns.documentId[id] !== documentId) continue
      for (let row = columns.lastRow(id); row >= columns.firstRow(id); row--)
        if (keyOfRow(columns, row) >= 0) counts.add(0, columns.from[row]!, columns.to[row]!, 1)
    }
    return counts.stretches(0)
  }
}

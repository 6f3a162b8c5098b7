import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** How often what nobody waits for (a job's writes) is written out, in milliseconds. */
const EVERY_MS = 200

/** Writes a file's data out to the disk; a test puts a slow or a broken disk in its place. */
type WriteOut = (descriptor: number) => Promise<void>

/**
 * Commits that outlast a power cut before anybody is told of them. SQLite's own way (`synchronous = FULL`) waits for the
 * disk inside of each commit, and on the thread that answers everybody waits with it: a few milliseconds, hundreds where
 * the disk is busy. So the connection commits into its log without waiting, and the log is written out beside: one writing
 * serves all who wait. What a checkpoint has taken out of the log was written out by the checkpoint.
 */
export class Durability {
  private readonly log: string
  private descriptor: number | null = null
  /** Changes of the connection that are known to lie on the disk. */
  private written: number
  private running: Promise<void> | null = null
  private next: Promise<void> | null = null
  private readonly timer: NodeJS.Timeout

  /** @param client a connection that writes, with a database that lies in a file */
  constructor(
    private readonly client: Sqlite.Database,
    private readonly writeOut: WriteOut = promisify(fdatasync),
  ) {
    this.log = `${client.name}-wal`
    client.pragma('synchronous = NORMAL')
    this.written = this.changes()
    // a fault is told to whoever waits next
    this.timer = setInterval(() => void this.settled().catch(() => {}), EVERY_MS).unref()
  }

  /**
   * Resolves once every commit of the connection so far lies on the disk, at once where it does.
   * @throws the fault of the disk; what was committed is seen until the server ends, and may be gone then
   */
  async settled(): Promise<void> {
    if (this.changes() === this.written) return
    // one that has begun may have begun before the last commit
    this.next ??= (this.running ?? Promise.resolve()).catch(() => {}).then(() => this.write())
    await this.next
  }

  /** Writes out what is left and lets each commit wait for the disk again. To be called before the connection is closed. */
  close(): void {
    clearInterval(this.timer)
    try {
      if (this.changes() !== this.written) fdatasyncSync(this.openLog())
    } catch {
      // a disk that takes nothing more: whoever wrote was told so
    }
    if (this.descriptor !== null) closeSync(this.descriptor)
    this.descriptor = null
    this.client.pragma('synchronous = FULL')
  }

  private async write(): Promise<void> {
    this.next = null
    const changes = this.changes()
    try {
      this.running = this.writeOut(this.openLog())
      await this.running
    } catch (error) {
      // A disk that has failed once is not trusted again: from now on what it does not take is not stored at all.
      if (this.client.open) this.client.pragma('synchronous = FULL')
      throw error
    }
    this.written = changes
  }

  /** SQLite takes the log away with the last connection only: while this one is open, it is always the same file. */
  private openLog(): number {
    return (this.descriptor ??= openSync(this.log, 'r+'))
  }

  /** Rows that the connection has changed since it was opened. */
  private changes(): number {
    return prepared(this.client, 'SELECT total_changes()').pluck().get() as number
  }
}

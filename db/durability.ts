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
  /** The writing under way, and the changes that had been committed when it began. */
  private running: { changes: number; done: Promise<void> } | null = null
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
    const changes = this.changes()
    if (changes === this.written) return
    if (changes === this.running?.changes) return this.running.done
    // one that began before the last commit may not have seen it
    this.next ??= (this.running?.done ?? Promise.resolve()).catch(() => {}).then(() => this.write())
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
    const done = this.take()
    this.running = { changes, done }
    try {
      await done
      this.written = changes
    } finally {
      this.running = null
    }
  }

  private async take(): Promise<void> {
    try {
      await this.writeOut(this.openLog())
    } catch (error) {
      // A disk that has failed once is not trusted again: from now on what it does not take is not stored at all.
      if (this.client.open) this.client.pragma('synchronous = FULL')
      throw error
    }
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

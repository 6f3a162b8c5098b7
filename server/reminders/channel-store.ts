import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Channel, CHANNELS } from '../../db/domain/messages.ts'
import type { Channels } from './channels.ts'

/** Beside the database, for its owner's eyes only; no backup and no export takes it along. */
const FILE = 'channels.json'

const webUrl = z.url({ protocol: /^https?$/ }).max(2000)
const storedSchema = z
  .object({
    mail: z.object({
      host: z.string(),
      port: z.int(),
      tls: z.boolean(),
      username: z.string().nullable(),
      password: z.string().nullable(),
      from: z.string(),
    }),
    dingtalk: z.object({ url: webUrl, secret: z.string().nullable() }),
    wecom: z.object({ url: webUrl }),
    webhook: z.object({ url: webUrl, secret: z.string() }),
  })
  .partial()
type Stored = z.infer<typeof storedSchema>

/** Where a channel is set up: on the page 系统, or in the environment. */
export type ChannelSource = 'page' | 'environment'

/** The channels that an office has: what was set on the page stands before the environment, channel by channel. */
export class ChannelStore {
  private readonly path: string

  constructor(
    dataDir: string,
    private readonly environment: Channels,
  ) {
    this.path = join(dataDir, FILE)
  }

  /** As they are now; the file is read anew, so that a change holds from the next message on. */
  current(): Channels {
    const stored = this.read()
    return Object.fromEntries(CHANNELS.map((key) => [key, stored[key] ?? this.environment[key]])) as unknown as Channels
  }

  /** What was set on the page for a channel. */
  stored<C extends Channel>(channel: C): Channels[C] | null {
    return (this.read()[channel] ?? null) as Channels[C] | null
  }

  /** What the environment says of a channel, which holds where the page says nothing. */
  inEnvironment<C extends Channel>(channel: C): Channels[C] {
    return this.environment[channel]
  }

  sourceOf(channel: Channel): ChannelSource | null {
    if (this.read()[channel] !== undefined) return 'page'
    return this.environment[channel] === null ? null : 'environment'
  }

  /** Sets a channel up, or with null takes the page's away, so that the environment's holds again. */
  write<C extends Channel>(channel: C, value: Channels[C]): void {
    const { [channel]: _before, ...others } = this.read()
    const next = value === null ? others : { ...others, [channel]: value }
    // A new file under another name first: nobody meets half of one, and it never lay open.
    const fresh = `${this.path}.new`
    rmSync(fresh, { force: true })
    writeFileSync(fresh, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
    chmodSync(fresh, 0o600)
    renameSync(fresh, this.path)
  }

  private read(): Stored {
    let text: string
    try {
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw error
    }
    return storedSchema.parse(JSON.parse(text))
  }
}

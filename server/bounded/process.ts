import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FromChild, ToChild } from './messages.ts'
import { leaveMemory, type MemoryShare, noteMemory, takeMemory } from './shared-memory.ts'
import { usageOf } from './usage.ts'

/** Why a task has no result. */
type BoundedReason = 'memory' | 'time' | 'died'

export class BoundedError extends Error {
  override name = 'BoundedError'
  constructor(readonly reason: BoundedReason) {
    super(`the task ended: ${reason}`)
  }
}

/** The process was ended to make room for those begun before it; nobody but its pool is told. */
export class GaveWay extends Error {
  override name = 'GaveWay'
}

export interface BoundedTask<Task, Progress> {
  task: Task
  /** Memory that its process may use, in megabytes. */
  megabytes: number
  /** Seconds of a processor that it may work; a task that asks for more gets them. */
  seconds: number
  /** Whether it may run beside a large one. */
  small: boolean
  /** Whether it may be begun again from the start: it writes nothing that somebody else sees, or finds that it has. Not where nothing is said. */
  repeatable?: boolean
  /** The person for whom it is done; null for nobody in particular. Nobody waits behind all that another one has asked for. */
  owner: number | null
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/**
 * How often the use of memory and time is measured, in milliseconds: memory can grow by some hundred megabytes in a second.
 */
const LOOK_EVERY = 25
/** A machine that has much else to do, or waits for its disk, takes so many times longer than the processor is used. */
const PATIENCE = 10
/** A process that has grown by more than this is not used again, in bytes. */
const FAT = 256 * 1024 * 1024
/** Who waits for a page goes first; this takes what is left of the processors. */
const NICE = 10

/** One process that works on one task at a time; started with the first, ended by a task that takes too much. */
export class BoundedProcess<Task, Progress, Result> {
  private child: ChildProcess | null = null
  private megabytes = 0
  isRunning = false
  endedAt = 0

  constructor(private readonly module: URL) {}

  /** Whether it can take another task. */
  get isFit(): boolean {
    const child = this.child
    if (child === null || !child.connected) return false
    return (usageOf(child.pid!)?.bytes ?? 0) < FAT
  }

  run(bounded: BoundedTask<Task, Progress>): Promise<Result> {
    const child = this.childFor(bounded.megabytes)
    this.isRunning = true
    return new Promise<Result>((resolve, reject) => {
      const watch = new Watch(child, bounded)
      const end = (settle: () => void) => {
        watch.stop()
        child.off('message', onMessage)
        child.off('exit', onExit)
        bounded.signal?.removeEventListener('abort', onAbort)
        this.isRunning = false
        this.endedAt = performance.now()
        settle()
      }
      const onMessage = (message: unknown) => {
        const said = message as FromChild<Progress, Result>
        if (said.kind === 'progress') bounded.onProgress?.(said.progress)
        else if (said.kind === 'more-time') watch.allow(said.seconds)
        else if (said.kind === 'done') end(() => resolve(said.result))
        else end(() => reject(Object.assign(new Error(said.error.message), said.error)))
      }
      const onExit = (code: number | null, signal: string | null) => {
        this.child = null
        // JavaScript that runs out of its own memory aborts the process.
        const own = code === 134 || signal === 'SIGABRT' ? 'memory' : 'died'
        const gaveWay = watch.reason === 'gave-way'
        const why = watch.reason === null || watch.reason === 'gave-way' ? own : watch.reason
        end(() =>
          reject(bounded.signal?.aborted ? bounded.signal.reason : gaveWay ? new GaveWay() : new BoundedError(why)),
        )
      }
      const onAbort = () => child.kill('SIGKILL')
      child.on('message', onMessage)
      child.once('exit', onExit)
      bounded.signal?.addEventListener('abort', onAbort, { once: true })
      child.send({ task: bounded.task } satisfies ToChild<Task>)
    })
  }

  private childFor(megabytes: number): ChildProcess {
    if (this.child !== null && this.child.connected && this.megabytes === megabytes) return this.child
    this.end()
    this.megabytes = megabytes
    const child = fork(fileURLToPath(this.module), [String(process.pid)], {
      // The module is TypeScript as well, whoever started the process. It collects its garbage early: what memory there is
      // shall hold the file.
      execArgv: [
        '--import',
        import.meta.resolve('tsx'),
        `--max-old-space-size=${megabytes}`,
        '--max-semi-space-size=4',
      ],
      serialization: 'advanced',
      // Passwords of mail servers and the like are not for a process that opens strangers' files.
      env: {
        ...Object.fromEntries(
          PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
        ),
        ...GIVES_BACK,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('error', () => {})
    try {
      setPriority(child.pid!, NICE)
    } catch {
      // A system that does not let it: then it works beside the others.
    }
    child.unref()
    child.channel?.unref()
    return (this.child = child)
  }

  end(): void {
    this.child?.kill('SIGKILL')
    this.child = null
  }
}

/**
 * Linux's C library keeps freed memory for later, a heap for each thread: half of what recognising a page took at its
 * highest. With these it gives large blocks back at once, which costs no time that can be measured.
 */
const GIVES_BACK = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(8 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(32 * 1024 * 1024),
}

const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'TZ', 'LANG', 'NODE_ENV']

/** Measures a process while it works, and ends it where it takes more than it may. */
class Watch {
  reason: BoundedReason | 'gave-way' | null = null
  private seconds: number
  private readonly timer: NodeJS.Timeout
  private readonly before: number
  private readonly start = performance.now()
  private readonly share: MemoryShare

  constructor(
    private readonly child: ChildProcess,
    { megabytes, seconds, repeatable }: Pick<BoundedTask<unknown, unknown>, 'megabytes' | 'seconds' | 'repeatable'>,
  ) {
    this.seconds = seconds
    this.share = takeMemory(repeatable ? () => this.kill('gave-way') : null)
    this.before = usageOf(child.pid!)?.seconds ?? 0
    const most = megabytes * 1024 * 1024
    this.timer = setInterval(() => {
      const usage = usageOf(child.pid!)
      const passed = (performance.now() - this.start) / 1000
      if (usage !== null && usage.bytes > most) this.kill('memory')
      else if (usage !== null && usage.seconds - this.before > this.seconds) this.kill('time')
      else if (passed > this.seconds * (usage === null ? 1 : PATIENCE)) this.kill('time')
      else if (usage !== null) noteMemory(this.share, usage.bytes, most)
    }, LOOK_EVERY)
  }

  allow(seconds: number): void {
    this.seconds += seconds
  }

  private kill(reason: BoundedReason | 'gave-way'): void {
    this.reason ??= reason
    this.child.kill('SIGKILL')
  }

  stop(): void {
    clearInterval(this.timer)
    leaveMemory(this.share)
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until, within } from './until.ts'

/** The longest that a program may take to its first line or its end, in seconds: loading it alone takes some on a busy machine. */
const PATIENCE = 240

const program = (name: string) => fileURLToPath(new URL(`../server/${name}`, import.meta.url))

/** A program of ours in a process of its own. It ends with the process of the test at the latest. */
export interface Program {
  child: ChildProcess
  /** Everything it has printed. */
  output: () => string
  /** Waits until it has printed this and answers it; throws with its output where it ends before, or prints it too late. */
  seen: (pattern: RegExp) => Promise<string>
  /** Waits for its end: its exit code, null where it was killed. */
  ended: () => Promise<number | null>
}

/** Starts `server/<name>` with a data folder, on a free port. */
export function startProgram(
  name: string,
  dataDir: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Program {
  const loaded = [import.meta.resolve('tsx'), new URL('ends-with-parent.ts', import.meta.url).href]
  const child = spawn(process.execPath, [...loaded.flatMap((one) => ['--import', one]), program(name), ...args], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  let isOver = false
  const closed = once(child, 'close').then(([code]) => {
    isOver = true
    return code as number | null
  })
  const seen = async (pattern: RegExp) => {
    const over = () => {
      if (isOver) throw new Error(`${name} ended: ${output}`)
      return null
    }
    const [found] = await until(`${name} prints ${pattern}`, () => pattern.exec(output) ?? over(), {
      seconds: PATIENCE,
      every: 10,
    })
    return found
  }
  return { child, output: () => output, seen, ended: () => within(`the end of ${name}`, closed, PATIENCE) }
}

/** Ends a program at once, if it has not ended, and waits for its end. */
export async function kill(running: Program): Promise<void> {
  running.child.kill('SIGKILL')
  await running.ended()
}

import { readFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** A file of tests that has told nothing for so long hangs, in minutes: no test may take as long. */
const SILENCE = 12
/** The longest that all tests may take, in minutes; alone on two cores they take a third of it. */
const WHOLE_RUN = 45

/**
 * Ends the run, and says which test it was, where a file of tests hangs. Vitest's own limits are timers in the process of
 * the test: one that never comes back to its event loop (a loop without an end, a program waited for in the same breath) is
 * not ended by them.
 */
export class TimeLimit implements Reporter {
  private readonly running = new Map<string, { since: number; last: string }>()
  private timer: NodeJS.Timeout | undefined

  onTestRunStart(): void {
    const end = Date.now() + WHOLE_RUN * 60_000
    this.timer = setInterval(() => {
      const silent = [...this.running].filter(([, { since }]) => Date.now() - since > SILENCE * 60_000)
      if (silent.length > 0) giveUp(`these have told nothing for ${SILENCE} minutes`, silent)
      if (Date.now() > end)
        giveUp(`the tests have not ended within ${WHOLE_RUN} minutes; these are running`, [...this.running])
    }, 5_000)
    this.timer.unref()
  }

  onTestRunEnd(): void {
    clearInterval(this.timer)
  }

  onTestModuleStart(module: TestModule): void {
    this.tell(module, 'started')
  }

  onTestCaseReady(test: TestCase): void {
    this.tell(test.module, `“${test.fullName}” started`)
  }

  onTestCaseResult(test: TestCase): void {
    this.tell(test.module, `“${test.fullName}” ended`)
  }

  onTestModuleEnd(module: TestModule): void {
    this.running.delete(module.moduleId)
  }

  private tell(module: TestModule, last: string): void {
    this.running.set(module.moduleId, { since: Date.now(), last })
  }
}

function giveUp(why: string, files: [string, { last: string }][]): never {
  console.error(`\ntests: ${why}:\n${files.map(([file, { last }]) => `  ${file}: ${last}`).join('\n')}`)
  for (const pid of children())
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // it has ended
    }
  process.exit(1)
}

/** Processes that this one has started; Linux only, else none. */
function children(): number[] {
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

import { expect, it, vi } from 'vitest'
import { sharedCall } from '../../web/src/api/shared-call.ts'

/** A call whose answers come when the test says so. */
function answered() {
  const waiting: { answer: (n: number) => void; refuse: (error: Error) => void }[] = []
  const shared = sharedCall(() => new Promise<number>((answer, refuse) => waiting.push({ answer, refuse })))
  return { shared, waiting }
}

it('goes out once for all who ask while it is under way, and anew for whoever asks later', async () => {
  const { shared, waiting } = answered()
  const both = Promise.all([shared.ask(), shared.ask()])
  waiting[0]!.answer(1)
  expect(await both).toEqual([1, 1])
  const later = shared.ask()
  waiting[1]!.answer(2)
  expect([await later, waiting.length]).toEqual([2, 2])
})

it('gives nobody an answer from before something was done', async () => {
  const { shared, waiting } = answered()
  const before = shared.ask()
  shared.outdate()
  const after = [shared.ask(), shared.ask()]
  waiting[0]!.answer(1)
  expect(await before).toBe(1)
  const another = shared.ask() // the first answer has not ended the second question
  waiting[1]!.answer(2)
  expect([await Promise.all([...after, another]), waiting.length]).toEqual([[2, 2, 2], 2])
})

it('tells a refusal to all who asked, and asks again after it', async () => {
  const { shared, waiting } = answered()
  const both = Promise.allSettled([shared.ask(), shared.ask()])
  waiting[0]!.refuse(new Error('offline'))
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const again = shared.ask()
  waiting[1]!.answer(3)
  expect(await again).toBe(3)
})

it('gives what stands beside a page the answer that the page has just had, until something is done or it grows old', async () => {
  vi.useFakeTimers()
  try {
    const { shared, waiting } = answered()
    const page = shared.ask()
    waiting[0]!.answer(1)
    await page
    expect([await shared.askBeside(), waiting.length]).toEqual([1, 1])
    shared.outdate()
    const anew = shared.askBeside()
    waiting[1]!.answer(2)
    expect([await anew, waiting.length]).toEqual([2, 2])
    vi.advanceTimersByTime(60_000)
    const old = shared.askBeside()
    waiting[2]!.answer(3)
    expect([await old, waiting.length]).toEqual([3, 3])
  } finally {
    vi.useRealTimers()
  }
})

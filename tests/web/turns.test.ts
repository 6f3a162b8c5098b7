import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useTurns } from '../../web/src/composables/use-turns.ts'

/** A piece of work that ends when told to. */
function held<T>(value: T) {
  let end!: () => void
  let fail!: (error: Error) => void
  const promise = new Promise<T>((resolve, reject) => {
    end = () => resolve(value)
    fail = reject
  })
  let begun = false
  return {
    work: () => {
      begun = true
      return promise
    },
    begun: () => begun,
    end,
    fail,
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('begin at once where nothing is under way', () => {
    const one = held(1)
    void useTurns().take(one.work)
    expect(one.begun()).toBe(true)
  })

  it('keep what is asked for while another is under way, in the order asked', async () => {
    const { take, busy } = useTurns()
    const [one, two, three] = [held(1), held(2), held(3)]
    const answers = [one, two, three].map(({ work }) => take(work))
    await settled()
    expect([one.begun(), two.begun(), three.begun()]).toEqual([true, false, false])
    three.end()
    one.end()
    await settled()
    expect([two.begun(), three.begun()]).toEqual([true, false])
    expect(busy.value).toBe(true)
    two.end()
    expect(await Promise.all(answers)).toEqual([1, 2, 3])
    await settled()
    expect(busy.value).toBe(false)
  })

  it('go on after one that failed, whose error goes to whoever asked for it', async () => {
    const { take } = useTurns()
    const [bad, good] = [held(1), held(2)]
    const first = take(bad.work)
    const second = take(good.work)
    bad.fail(new Error('refused'))
    await expect(first).rejects.toThrow('refused')
    good.end()
    expect(await second).toBe(2)
  })

  it('never run two at once, however they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ticks: fc.nat(3), fails: fc.boolean(), later: fc.boolean() }), { maxLength: 12 }),
        async (pieces) => {
          const { take, busy } = useTurns()
          const order: number[] = []
          let running = 0
          const all: Promise<unknown>[] = []
          for (const [index, { ticks, fails, later }] of pieces.entries()) {
            if (later) await Promise.resolve()
            all.push(
              take(async () => {
                expect(++running).toBe(1)
                order.push(index)
                for (let i = 0; i < ticks; i++) await Promise.resolve()
                running -= 1
                if (fails) throw new Error('refused')
              }).catch((error: Error) => expect(error.message).toBe('refused')),
            )
          }
          await Promise.all(all)
          await settled()
          expect(order).toEqual(pieces.map((_, index) => index))
          expect(busy.value).toBe(false)
        },
      ),
    )
  })
})

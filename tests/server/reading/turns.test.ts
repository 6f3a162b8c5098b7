import { describe, expect, test } from 'vitest'
import { Turns } from '../../../server/reading/turns.ts'

/** Takes out everything that waits. */
const order = (turns: Turns<string>) => Array.from({ length: turns.size }, () => turns.next())

const learned = () => {
  const turns = new Turns<string>()
  turns.took('long', 50)
  turns.took('short', 2)
  return turns
}

describe('turns of questions', () => {
  test('a short question goes before the long ones that were asked just before', () => {
    const turns = learned()
    for (const i of [1, 2, 3]) turns.add('long', `long ${i}`, i)
    turns.add('short', 'short', 10)
    expect(order(turns)).toEqual(['short', 'long 1', 'long 2', 'long 3'])
    expect(turns.next()).toBeUndefined()
  })

  test('a long one that has waited for ten times its own time goes before new short ones', () => {
    const turns = learned()
    turns.add('long', 'long', 0)
    turns.add('short', 'early', 400)
    turns.add('short', 'late', 600)
    expect(order(turns)).toEqual(['early', 'long', 'late'])
  })

  test('however long a kind takes, it is overtaken for a second and no longer', () => {
    const turns = learned()
    turns.took('endless', 60_000)
    turns.add('endless', 'endless', 0)
    turns.add('short', 'early', 900)
    turns.add('short', 'late', 1_100)
    expect(order(turns)).toEqual(['early', 'endless', 'late'])
  })

  test('times are learned from the newest answers; a kind that was never asked counts as short', () => {
    const turns = learned()
    for (let i = 0; i < 30; i++) turns.took('long', 1)
    turns.add('short', 'short', 0)
    turns.add('long', 'was long', 0)
    turns.add('new', 'new', 0)
    expect(order(turns)).toEqual(['new', 'was long', 'short'])
  })

  test('what nobody waits for has its turn after all else, in the order in which it was asked', () => {
    const turns = learned()
    turns.add('short', 'idle 1', 0, true)
    turns.add('short', 'idle 2', 1, true)
    turns.add('long', 'asked', 60_000)
    expect(order(turns)).toEqual(['asked', 'idle 1', 'idle 2'])
  })

  test('tell whether nobody waits for any of it', () => {
    const turns = learned()
    expect(turns.isIdle).toBe(true)
    turns.add('short', 'idle', 0, true)
    expect(turns.isIdle).toBe(true)
    turns.add('short', 'asked', 1)
    expect(turns.isIdle).toBe(false)
    expect(turns.next()).toBe('asked')
    expect(turns.isIdle).toBe(true)
  })

  test('all that waits can be taken out at once', () => {
    const turns = learned()
    turns.add('short', 'a', 0)
    turns.add('long', 'b', 0)
    expect(turns.all()).toEqual(['a', 'b'])
    expect(turns.size).toBe(0)
  })
})

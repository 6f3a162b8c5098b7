import { describe, expect, it } from 'vitest'
import { randomOf } from './random.ts'
import { printFigures } from './figures.ts'
import { killCopying, killServer } from './kill.ts'

/** Twenty together; by hand: `npm run attack -- kill 1000`. */
const COPIES = 8
const SERVERS = 4

describe('killed with -9', () => {
  it.each(['backup', 'restore'] as const)('a %s leaves a whole state behind, the old or the new one', async (what) => {
    const { faults, ...figures } = await killCopying(what, COPIES, randomOf(14))
    printFigures(`killed ${what}`, { ...figures, faults: faults.length })
    expect(faults).toEqual([])
  })

  it('a server has kept everything it acknowledged', async () => {
    const { faults, kills, acknowledged } = await killServer(SERVERS, randomOf(14))
    printFigures('killed server', { kills, acknowledged, lost: faults.length })
    expect(faults).toEqual([])
  })
})

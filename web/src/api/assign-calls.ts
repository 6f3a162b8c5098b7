import { api, body } from './client.ts'
import type { components } from './schema.d.ts'

type UnitProposals = components['schemas']['UnitProposals']['items'][number]
export type ProposedUnit = components['schemas']['ProposedUnit']

/** Targets of one question: so many numbers fit into an address. */
const AT_ONCE = 200

/** What stands for some targets before 交办, and which units had the like before; by the number of the target. */
export async function fetchUnitProposals(
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<Map<number, UnitProposals>> {
  const found = new Map<number, UnitProposals>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const query = { ids: ids.slice(from, from + AT_ONCE).join(',') }
    const { items } = await body(api.GET('/api/targets/unit-proposals', { params: { query }, signal }))
    for (const item of items) found.set(item.targetId, item)
  }
  return found
}

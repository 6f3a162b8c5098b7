import type { Precedent } from '../../../db/domain/precedent-terms.ts'
import { likeness, type Profile, profileOf } from '../../../db/domain/similarity.ts'
import { UNIT_ROLES, type UnitRole } from '../../../db/domain/target-terms.ts'
import type { GivenUnit } from '../../../db/given-units.ts'

/** What speaks for a unit: how often it was given such a target, in which role, and the newest of them. */
interface Evidence {
  unitId: number
  role: UnitRole
  precedent: Precedent
  count: number
  example: { id: number; indicator: string; deadline: string | null }
}

/** From this likeness on the words of two indicators are held to be of one matter. */
const ALIKE = 0.5
/** Pairs of signs that stand in more indicators than this say nothing about a matter: 达到, 建设, 项目. */
const COMMON = 500
/** So many indicators that share most with a target are compared with it. */
const COMPARED = 30
/** Units that are proposed for one target. */
const MOST = 4

interface Entry {
  profile: Profile
  units: Map<number, Given>
}
interface Given {
  roles: Record<UnitRole, number>
  count: number
  newest: GivenUnit
}

/** What units were given before, by the words of its indicator. Built once, asked for many targets. */
export class UnitHistory {
  private readonly entries: Entry[] = []
  private readonly byWords = new Map<string, Entry>()
  private readonly byPair = new Map<string, number[]>()
  /** Pairs that each indicator shares with the text that is asked about; nothing in between. */
  private readonly shared: Uint16Array

  /** @param given units of targets, those of older targets first */
  constructor(given: Iterable<GivenUnit>) {
    for (const one of given) this.add(one)
    this.shared = new Uint16Array(this.entries.length)
  }

  private add(one: GivenUnit): void {
    const { units } = this.entryOf(one.indicator)
    const known = units.get(one.unitId)
    if (known === undefined) {
      units.set(one.unitId, { roles: { ...NO_ROLES, [one.role]: 1 }, count: 1, newest: one })
      return
    }
    known.roles[one.role]++
    // a unit with two roles in one target was given it once
    if (known.newest.targetId !== one.targetId) known.count++
    known.newest = one
  }

  private entryOf(indicator: string): Entry {
    const profile = profileOf(indicator)
    const known = this.byWords.get(profile.clean)
    if (known !== undefined) return known
    const entry: Entry = { profile, units: new Map() }
    this.byWords.set(profile.clean, entry)
    const at = this.entries.push(entry) - 1
    for (const pair of profile.pairs.keys()) {
      const places = this.byPair.get(pair)
      if (places === undefined) this.byPair.set(pair, [at])
      else places.push(at)
    }
    return entry
  }

  /**
   * Units that were given the same indicator before, then those that were given one of like words; of either the one that
   * had most of them first.
   */
  for(indicator: string): Evidence[] {
    const profile = profileOf(indicator)
    const same = this.byWords.get(profile.clean)
    const found = new Map<number, Evidence>()
    for (const evidence of same ? evidencesOf(same, 'indicator') : []) found.set(evidence.unitId, evidence)
    const alike = this.sharingMost(profile)
      .filter((entry) => entry !== same)
      .map((entry) => ({ entry, likeness: likeness(profile, entry.profile) }))
      .filter((one) => one.likeness >= ALIKE)
      .sort((a, b) => b.likeness - a.likeness)
    for (const { entry } of alike)
      for (const evidence of evidencesOf(entry, 'words'))
        if (!found.has(evidence.unitId)) found.set(evidence.unitId, evidence)
    return [...found.values()].slice(0, MOST)
  }

  /** The indicators that share most pairs of signs with a text; of those that share as many the newest. */
  private sharingMost({ pairs }: Profile): Entry[] {
    const { shared } = this
    const touched: number[] = []
    for (const pair of pairs.keys()) {
      const places = this.byPair.get(pair) ?? []
      if (places.length <= COMMON) for (const at of places) if (shared[at]!++ === 0) touched.push(at)
    }
    // how many share at least so much: there are thousands to choose from, and few are compared
    const having = new Uint32Array(pairs.size + 1)
    for (const at of touched) having[shared[at]!]!++
    let least = pairs.size
    for (let enough = having[least]!; least > 1 && enough < COMPARED; enough += having[least]!) least--
    const most = touched.filter((at) => shared[at]! >= least).sort((a, b) => shared[b]! - shared[a]! || b - a)
    const found = most.slice(0, COMPARED).map((at) => this.entries[at]!)
    for (const at of touched) shared[at] = 0
    return found
  }
}

const NO_ROLES: Record<UnitRole, number> = { lead: 0, responsible: 0, support: 0 }

const evidencesOf = ({ units }: Entry, precedent: Precedent): Evidence[] =>
  [...units]
    .map(([unitId, { roles, count, newest }]) => ({
      unitId,
      role: UNIT_ROLES.reduce((most, role) => (roles[role] > roles[most] ? role : most)),
      precedent,
      count,
      example: { id: newest.targetId, indicator: newest.indicator, deadline: newest.deadline },
    }))
    // who answers for it stands before who supports
    .sort((a, b) => Number(a.role === 'support') - Number(b.role === 'support') || b.count - a.count)

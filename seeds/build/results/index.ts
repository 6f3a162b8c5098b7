/** Makes `results/*.json`: one track for each annotated target that is followed up, from the sources' hints. */
import type { SeedFile, SeedTrack } from '../../schema.ts'
import type { Source } from '../source.ts'
import { type Plan, planOf } from './plan.ts'
import { type House, trackOf } from './track.ts'

/** Tracks of one source, in the order of its notes. Throws where the invented results miss the light they were meant for. */
export function tracksOf(source: Source, file: SeedFile, house: House): SeedTrack[] {
  if (!file.reviewed) return []
  const plans = source.notes.flatMap((note) => {
    const document = source.documents.find((d) => d.number === note.doc)
    const plan = document ? planOf(note, document, source.text) : null
    return plan ? [plan] : []
  })
  const wrong: string[] = []
  const tracks = plans.map((plan) => {
    const track = trackOf(plan, house, file.importedAt)
    const { expected } = track
    if (expected && fateOf(expected) !== plan.fate) wrong.push(missed(plan, track))
    return track
  })
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return tracks
}

const fateOf = ({ light, late }: NonNullable<SeedTrack['expected']>) =>
  light === 'done' && late ? 'done-late' : light.replace('_', '-')

const missed = (plan: Plan, track: SeedTrack) =>
  `${track.target.document} ${track.target.indicator}: meant ${plan.fate}, is ${JSON.stringify(track.expected)}; ` +
  track.reports.map((r) => `${r.asOf} ${r.value ?? r.done} ${r.status}`).join(', ')

/** Numbers of 督办单 in the order of issue, from 1 in each year. */
export function numberOrders(tracks: SeedTrack[]): void {
  const orders = tracks.flatMap((t) => t.orders).sort((a, b) => (a.issuedAt < b.issuedAt ? -1 : 1))
  const last = new Map<string, number>()
  for (const order of orders) {
    const year = order.issuedAt.slice(0, 4)
    last.set(year, (last.get(year) ?? 0) + 1)
    order.number = `霁政督〔${year}〕${last.get(year)}号`
  }
}

import type { FastifyInstance } from 'fastify'
import type { Seeds } from '../../seeds/load.ts'
import type { Actor } from '../actor.ts'
import { createBulletin, issueBulletin } from '../bulletins/store.ts'
import { takeFigures } from '../counting/figures.ts'
import { addDays } from '../../db/domain/dates.ts'
import { type NamedPeriod, parsePeriod } from '../../db/domain/period.ts'
import type { Directory } from './people.ts'

/** So many months have their bulletin: the newest is still a draft. */
const MONTHS = 3

/** The bulletins of the last months, made from the data as an office does it on the third of the following month. */
export async function makeBulletins(app: FastifyInstance, seeds: Seeds, { stampOf }: Directory): Promise<void> {
  const [author, issuer] = seeds.people.filter(({ role }) => role === 'supervisor')
  if (!author || !issuer) return
  const acting = (person: typeof author, at: string): Actor =>
    ({ ...stampOf(person.username, at), username: person.username, role: 'supervisor', unitId: null }) as Actor
  const periods = lastMonths(app.today(), MONTHS)
  for (const [i, period] of periods.entries()) {
    const day = addDays(period.last, 3)
    const draft = createBulletin(app.db, acting(issuer, `${day}T01:30:00.000Z`), period, await takeFigures(app, period))
    if (i < periods.length - 1) issueBulletin(app.db, acting(author, `${day}T08:00:00.000Z`), draft.id, draft.version)
  }
}

/** The `count` full months before the one that holds `today`, oldest first. */
function lastMonths(today: string, count: number): NamedPeriod[] {
  const months: NamedPeriod[] = []
  for (let last = addDays(`${today.slice(0, 7)}-01`, -1); months.length < count; last = addDays(months[0]!.first, -1)) {
    months.unshift(parsePeriod(last.slice(0, 7))!)
  }
  return months
}

import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { units } from '../../db/schema/index.ts'
import type { Seeds } from '../../seeds/load.ts'
import { type Actor, type Stamp, systemStamp } from '../actor.ts'
import { createUnit } from '../core/units.ts'
import { insertUser } from '../core/users.ts'
import { startOfShanghaiDay } from '../../db/domain/dates.ts'
import { DEFAULT_SETTINGS } from '../rules/settings.ts'
import { writeSetting } from '../settings/store.ts'

/** Numbers of units and people by the names that the seeds use. */
export interface Directory {
  unitId: (name: string) => number
  /** Who did something, for the trail. */
  stampOf: (username: string | null, at: string) => Stamp
  /** Somebody who takes a step. */
  actorOf: (username: string, at: string) => Actor
  userId: (username: string | null) => number | null
}

/** When the office of the demo began to use the system. */
const BEGINNING = new Date('2024-12-02T01:00:00.000Z')

const STAMP_NAME = '演示数据'

/** Stores units with their aliases, parents and successors, and the people with the one demo password. */
export function storePeople(tx: Db, seeds: Seeds, passwordHash: string): Directory {
  const stamp = systemStamp(STAMP_NAME, BEGINNING)
  writeSetting(tx, stamp, 'office', { name: '霁川市人民政府督查室', place: '霁川市' }, 0)
  writeSetting(tx, stamp, 'numbering', { ...DEFAULT_SETTINGS.numbering, order: '霁政督〔{year}〕{n}号' }, 0)
  const unitIds = new Map<string, number>()
  for (const { name, shortName, kind, ranked, members, aliases } of seeds.units) {
    const memberIds = members?.map((member) => unitIds.get(member)!)
    unitIds.set(name, createUnit(tx, stamp, { name, shortName, kind, ranked, memberIds, aliases }).id)
  }
  const unitId = (name: string) => unitIds.get(name)!
  for (const { name, parent, successor, archivedOn } of seeds.units) {
    tx.update(units)
      .set({
        parentId: parent === null ? null : unitId(parent),
        successorId: successor === null ? null : unitId(successor),
        archivedAt: archivedOn === null ? null : startOfShanghaiDay(archivedOn),
      })
      .where(eq(units.id, unitId(name)))
      .run()
  }
  const people = new Map(
    seeds.people.map(({ username, displayName, role, unit }) => {
      const person = {
        username,
        displayName,
        role,
        unitId: unit === null ? null : unitId(unit),
        email: null,
        passwordHash,
        mustChangePassword: false,
        passwordExpiresAt: null,
      }
      return [username, insertUser(tx, stamp, person)]
    }),
  )
  for (const { name, leader } of seeds.units)
    if (leader !== undefined)
      tx.update(units)
        .set({ leaderId: people.get(leader)!.id })
        .where(eq(units.id, unitId(name)))
        .run()
  return {
    unitId,
    userId: (username) => (username === null ? null : people.get(username)!.id),
    actorOf(username, at) {
      const { id, displayName, role, unitId: ownUnit } = people.get(username)!
      return {
        ...{ id, username, displayName, role, unitId: ownUnit },
        ...{ mustChangePassword: false, mustSetUpSecondFactor: false, ip: null, at },
      }
    },
    stampOf(username, at) {
      const person = username === null ? null : people.get(username)!
      return { id: person?.id ?? null, displayName: person?.displayName ?? STAMP_NAME, ip: null, at }
    },
  }
}

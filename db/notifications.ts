/** Messages for people, and who they are: the statements behind server/core/notify.ts. */
import type Sqlite from 'better-sqlite3'
import type { Role } from './domain/roles.ts'
import { prepared } from './prepared.ts'

/** Sets of people that are joined. */
interface People {
  /** Everybody who speaks for one of these units. */
  unitIds: readonly number[]
  userIds: readonly number[]
  roles: readonly Role[]
  /** A person who is left out; null for nobody. */
  except: number | null
}

const WHO = {
  unitIds: `role = 'reporter' AND unit_id IN (SELECT value FROM json_each(:unitIds))`,
  userIds: 'id IN (SELECT value FROM json_each(:userIds))',
  roles: 'role IN (SELECT value FROM json_each(:roles))',
}
type SetOfPeople = keyof typeof WHO

/** Numbers of the enabled people of some sets, each once and in their order. */
export function peopleAmong(client: Sqlite.Database, { except, ...sets }: People): number[] {
  // of one that names nobody nothing is asked: a list takes longer to be taken apart than most rows to be found
  const named = (Object.keys(WHO) as SetOfPeople[]).filter((set) => sets[set].length > 0)
  if (named.length === 0) return []
  const people = `SELECT id FROM users WHERE disabled_at IS NULL AND id IS NOT :except
    AND (${named.map((set) => `(${WHO[set]})`).join(' OR ')}) ORDER BY id`
  const lists = Object.fromEntries(named.map((set) => [set, JSON.stringify(sets[set])]))
  return prepared(client, people)
    .pluck()
    .all({ ...lists, except }) as number[]
}

const UNTOLD = `SELECT value FROM json_each(:people) WHERE NOT EXISTS
  (SELECT 1 FROM notifications n WHERE n.user_id = value AND n.cause_key = :causeKey)`

/** Those of the people who have no message of this cause yet. */
export const peopleUntold = (client: Sqlite.Database, people: readonly number[], causeKey: string): number[] =>
  prepared(client, UNTOLD)
    .pluck()
    .all({ people: JSON.stringify(people), causeKey }) as number[]

/** A message as it is stored, but for whom it is. */
interface MessageRow {
  causeKey: string
  kind: string
  targetId: number | null
  text: string
  /** Instants, UTC ISO. */
  createdAt: string
  readAt: string | null
}

const ADD = `INSERT INTO notifications (user_id, cause_key, kind, target_id, text, created_at, read_at)
  SELECT value, :causeKey, :kind, :targetId, :text, :createdAt, :readAt FROM json_each(:people) WHERE true
  ON CONFLICT DO NOTHING`

/** Stores a message for some people; who has one of this cause keeps that one. @returns how many were stored */
export const addNotifications = (client: Sqlite.Database, people: readonly number[], row: MessageRow): number =>
  people.length === 0 ? 0 : prepared(client, ADD).run({ people: JSON.stringify(people), ...row }).changes

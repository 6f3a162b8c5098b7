import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { storedInstant } from './stored.ts'
import { endOf } from './targets-on.ts'

const OF_LEADERS = `SELECT v.target_id FROM version_contents c
  CROSS JOIN version_steps v ON v.target_id = c.target_id AND v.content = c.n
  WHERE c.contact_leader_id IN (SELECT value FROM json_each(:leaders))
    AND v.valid_from < :end AND (v.valid_until IS NULL OR v.valid_until >= :end)`

/** Numbers of the targets whose 联系领导 was one of these at the end of `day` (Asia/Shanghai). */
export const targetsOfContactLeaders = (client: Sqlite.Database, leaders: readonly number[], day: string): number[] =>
  prepared(client, OF_LEADERS)
    .pluck()
    .all({ leaders: JSON.stringify(leaders), end: storedInstant(endOf(day)) }) as number[]

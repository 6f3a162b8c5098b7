import type Sqlite from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { endOf } from './targets-on.ts'

const OF_LEADERS = `SELECT target_id FROM target_versions
  WHERE contact_leader_id IN (SELECT value FROM json_each(:leaders))
    AND valid_from < :end AND (valid_until IS NULL OR valid_until >= :end)`

/** Numbers of the targets whose 联系领导 was one of these at the end of `day` (Asia/Shanghai). */
export const targetsOfContactLeaders = (client: Sqlite.Database, leaders: readonly number[], day: string): number[] =>
  prepared(client, OF_LEADERS)
    .pluck()
    .all({ leaders: JSON.stringify(leaders), end: endOf(day) }) as number[]

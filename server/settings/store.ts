import { and, eq, gte, isNull, lt, or } from 'drizzle-orm'
import { addDays, startOfShanghaiDay } from '../../db/domain/dates.ts'
import type { Db } from '../../db/open.ts'
import { settings, settingVersions } from '../../db/schema/index.ts'
import { appendAudit } from '../audit/append.ts'
import type { Stamp } from '../actor.ts'
import { conflict } from '../errors.ts'
import { DEFAULT_SETTINGS, SETTINGS, type SettingKey, type Settings } from '../rules/settings.ts'

/** A setting with its version; version 0 is the default that nobody has changed yet. */
export interface StoredSetting<K extends SettingKey = SettingKey> {
  value: Settings[K]
  version: number
  updatedAt: string | null
}

/** The value that holds now: the stored one, else the default. Throws where the stored one does not fit its schema. */
export function readSetting<K extends SettingKey>(db: Db, key: K): Settings[K] {
  return loadSetting(db, key).value
}

/** The value that held at the end of `day` (Asia/Shanghai). */
export function settingOn<K extends SettingKey>(db: Db, key: K, day: string): Settings[K] {
  const end = startOfShanghaiDay(addDays(day, 1))
  const row = db
    .select({ value: settingVersions.value })
    .from(settingVersions)
    .where(
      and(
        eq(settingVersions.key, key),
        lt(settingVersions.validFrom, end),
        or(isNull(settingVersions.validUntil), gte(settingVersions.validUntil, end)),
      ),
    )
    .get()
  return row ? complete(key, row.value) : DEFAULT_SETTINGS[key]
}

/** A setting of an older version may lack a field that has been added since: its default fills it. */
const complete = <K extends SettingKey>(key: K, value: unknown): Settings[K] =>
  SETTINGS[key].parse({ ...DEFAULT_SETTINGS[key], ...(value as object) }) as Settings[K]

/** Like {@link readSetting}, with version and time of the last change. */
export function loadSetting<K extends SettingKey>(db: Db, key: K): StoredSetting<K> {
  const row = db.select().from(settings).where(eq(settings.key, key)).get()
  if (!row) return { value: DEFAULT_SETTINGS[key], version: 0, updatedAt: null }
  return { value: complete(key, row.value), version: row.version, updatedAt: row.updatedAt }
}

/** Every setting by its key. */
export function loadSettings(db: Db): { [K in SettingKey]: StoredSetting<K> } {
  return Object.fromEntries(Object.keys(SETTINGS).map((key) => [key, loadSetting(db, key as SettingKey)])) as {
    [K in SettingKey]: StoredSetting<K>
  }
}

/**
 * Changes one setting inside the caller's transaction; 409 where somebody else has changed it since `version`.
 * New thresholds move the lights from today on: see server/core/new-thresholds.ts.
 */
export function writeSetting<K extends SettingKey>(
  tx: Db,
  stamp: Stamp,
  key: K,
  value: Settings[K],
  version: number,
): void {
  const current = loadSetting(tx, key)
  if (current.version !== version) throw conflict(loadSettings(tx))
  const row = { value, version: version + 1, updatedAt: stamp.at }
  tx.insert(settings)
    .values({ key, ...row })
    .onConflictDoUpdate({ target: settings.key, set: row })
    .run()
  appendAudit(tx, stamp, 'setting.change', 'setting', key, current.value, value)
}

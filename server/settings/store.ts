import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { lightCache, settings } from '../../db/schema/index.ts'
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

/** Like {@link readSetting}, with version and time of the last change. */
export function loadSetting<K extends SettingKey>(db: Db, key: K): StoredSetting<K> {
  const row = db.select().from(settings).where(eq(settings.key, key)).get()
  if (!row) return { value: DEFAULT_SETTINGS[key], version: 0, updatedAt: null }
  // A setting of an older version may lack a field that has been added since: its default fills it.
  const value = SETTINGS[key].parse({ ...DEFAULT_SETTINGS[key], ...(row.value as object) }) as Settings[K]
  return { value, version: row.version, updatedAt: row.updatedAt }
}

/** Every setting by its key. */
export function loadSettings(db: Db): { [K in SettingKey]: StoredSetting<K> } {
  return Object.fromEntries(Object.keys(SETTINGS).map((key) => [key, loadSetting(db, key as SettingKey)])) as {
    [K in SettingKey]: StoredSetting<K>
  }
}

/**
 * Changes one setting inside the caller's transaction; 409 where somebody else has changed it since `version`.
 * New thresholds empty the cache of lights, which is filled again when the next page asks.
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
  if (key === 'lights') tx.delete(lightCache).run()
  appendAudit(tx, stamp, 'setting.change', 'setting', key, current.value, value)
}

import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { settings, settingVersions } from '../../db/schema/index.ts'
import { appendAudit } from '../audit/append.ts'
import type { Stamp } from '../actor.ts'
import { conflict } from '../errors.ts'
import { DEFAULT_SETTINGS, SETTINGS, type SettingKey, type Settings } from '../rules/settings.ts'

/** A setting with its version; version 0 is the default that nobody has changed yet. */
interface StoredSetting<K extends SettingKey = SettingKey> {
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
  const row = settingByKey(db).get({ key })
  if (!row) return { value: DEFAULT_SETTINGS[key], version: 0, updatedAt: null }
  return { value: completed(key, row.value), version: row.version, updatedAt: row.updatedAt }
}

const settingByKey = keptQuery((db) =>
  db
    .select()
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key'))),
)

/** A setting of an older version may lack a field that has been added since: its default fills it. */
const completed = <K extends SettingKey>(key: K, value: unknown): Settings[K] =>
  SETTINGS[key].parse({ ...DEFAULT_SETTINGS[key], ...(value as object) }) as Settings[K]

/** The value that held at an instant (UTC ISO): of several changes at one instant the last; the default before the first. */
export function settingsAt<K extends SettingKey>(db: Db, key: K, instant: string): Settings[K] {
  const { validFrom, validUntil } = settingVersions
  const row = db
    .select({ value: settingVersions.value })
    .from(settingVersions)
    .where(and(eq(settingVersions.key, key), lte(validFrom, instant), or(isNull(validUntil), gt(validUntil, instant))))
    .get()
  return row ? completed(key, row.value) : DEFAULT_SETTINGS[key]
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
  keepVersion(tx, stamp, key, value)
  appendAudit(tx, stamp, 'setting.change', 'setting', key, current.value, value)
}

/**
 * Writes down from when on a setting has a value; where the clock was set back, the new value begins at the end of the last
 * one.
 */
function keepVersion(tx: Db, { at, id, displayName }: Stamp, key: SettingKey, value: unknown): void {
  const last = tx
    .select({ id: settingVersions.id, validFrom: settingVersions.validFrom })
    .from(settingVersions)
    .where(and(eq(settingVersions.key, key), isNull(settingVersions.validUntil)))
    .get()
  const from = last && last.validFrom > at ? last.validFrom : at
  if (last) tx.update(settingVersions).set({ validUntil: from }).where(eq(settingVersions.id, last.id)).run()
  tx.insert(settingVersions).values({ key, value, validFrom: from, byId: id, byName: displayName }).run()
}

import { ROLE_TITLES } from '../../db/domain/roles.ts'
import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { listUnits } from '../core/units.ts'
import { listUsers, usersSeenBy } from '../core/users.ts'

/** Units that are called so, by any of their names; the exact name first, those out of use last. */
export function findUnits(db: Db, words: readonly string[], limit: number) {
  const all = listUnits(db)
  const names = new Map(all.map(({ id, name }) => [id, name]))
  const found = all
    .map((unit) => ({ unit, called: [unit.name, unit.shortName ?? '', ...unit.aliases.map(({ name }) => name)] }))
    .filter(({ called }) => holds(called, words))
    .map(({ unit, called }) => ({
      unit,
      rank: (unit.archivedAt === null ? 0 : 2) + (called.includes(words[0]!) ? 0 : 1),
    }))
    .sort((a, b) => a.rank - b.rank)
  const items = found.slice(0, limit).map(({ unit }) => ({
    id: unit.id,
    title: unit.name,
    about: [unit.archivedAt === null ? null : '已停用', unit.shortName, unit.parentId && names.get(unit.parentId)]
      .filter(Boolean)
      .join(' · '),
  }))
  return { items, total: found.length }
}

/** People that are called so, sign in so or are of such a unit, of those whom the person may see in lists. */
export function findPeople(db: Db, viewer: Pick<Actor, 'role'>, words: readonly string[], limit: number) {
  const isKeeper = viewer.role === 'admin'
  const isNamed = (name: string) => words.some((word) => name.includes(word))
  const found = usersSeenBy(viewer, listUsers(db))
    .map((user) => ({
      user,
      said: [
        user.displayName,
        user.unit?.name ?? '',
        ROLE_TITLES[user.role],
        ...(isKeeper ? [user.username, user.telephone ?? ''] : []),
      ],
    }))
    .filter(({ said }) => holds(said, words))
    .sort((a, b) => Number(isNamed(b.user.displayName)) - Number(isNamed(a.user.displayName)))
  const items = found.slice(0, limit).map(({ user }) => ({
    id: user.id,
    title: user.displayName,
    about: [ROLE_TITLES[user.role], user.unit?.name, user.disabledAt === null ? null : '已停用']
      .filter(Boolean)
      .join(' · '),
    role: user.role,
    unitId: user.unit?.id ?? null,
  }))
  return { items, total: found.length }
}

/** Whether every word stands in one of the texts, whichever case its letters are in. */
const holds = (texts: readonly string[], words: readonly string[]): boolean =>
  words.every((word) => texts.some((text) => text.toLowerCase().includes(word.toLowerCase())))

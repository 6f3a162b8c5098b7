import type { Db } from '../../db/open.ts'
import { users } from '../../db/schema/index.ts'

/** What two names of one person have in common: full-width and accented forms in one writing (NFKC), in lower case. */
export const nameKey = (username: string): string => username.normalize('NFKC').trim().toLowerCase()

/** The person who signs in by this name. Compared here, because SQLite folds the case of ASCII alone; there are some hundreds. */
export function userByName(db: Db, username: string): typeof users.$inferSelect | undefined {
  const key = nameKey(username)
  return db
    .select()
    .from(users)
    .all()
    .find((user) => nameKey(user.username) === key)
}

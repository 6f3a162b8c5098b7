import { and, asc, eq, sql } from 'drizzle-orm'
import type { Role } from '../../db/domain/roles.ts'
import type { Db } from '../../db/open.ts'
import { secondFactors, units, users } from '../../db/schema/index.ts'
import type { Actor, Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { userByName } from './user-name.ts'

type User = typeof users.$inferSelect

/** Everything a new user needs but what the database gives. */
type NewUser = Pick<
  User,
  'username' | 'displayName' | 'role' | 'unitId' | 'email' | 'passwordHash' | 'mustChangePassword' | 'passwordExpiresAt'
> &
  Partial<Pick<User, 'telephone'>>

/** A user without what must not leave the server. */
interface UserRow {
  id: number
  username: string
  displayName: string
  role: Role
  unit: { id: number; name: string } | null
  email: string | null
  telephone: string | null
  mustChangePassword: boolean
  passwordExpiresAt: string | null
  disabledAt: string | null
  /** 两步验证 is switched on. */
  secondFactor: boolean
  version: number
  createdAt: string
}

/** Everybody by unit and name, the disabled ones too. */
export function listUsers(db: Db): UserRow[] {
  return rowsOf(db).orderBy(asc(users.role), asc(users.unitId), asc(users.id)).all().map(toRow)
}

/**
 * Those whom a person may see in lists: an administrator everybody, the office and leaders those in office, a unit nobody.
 */
export const usersSeenBy = (viewer: Pick<Actor, 'role'>, users: readonly UserRow[]): UserRow[] =>
  users.filter(({ disabledAt }) => viewer.role === 'admin' || (viewer.role !== 'reporter' && disabledAt === null))

/** 404 where there is no such user. */
export function getUser(db: Db, id: number): UserRow {
  const found = rowsOf(db).where(eq(users.id, id)).get()
  if (!found) throw notFound('账号')
  return toRow(found)
}

/** Adds a user; 400 where the name is taken, or a reporter has no unit, or another role has one. */
export function insertUser(tx: Db, stamp: Stamp, user: NewUser): User {
  if (userByName(tx, user.username)) throw invalid([{ path: 'username', message: '用户名已被使用' }])
  checkUnit(tx, user.role, user.unitId)
  const row = tx
    .insert(users)
    .values({ ...user, createdAt: stamp.at })
    .returning()
    .get()
  appendAudit(tx, stamp, 'user.create', 'user', row.id, null, auditFields(row))
  return row
}

/** What an administrator may change of a person. */
export type UserChange = Partial<
  Pick<
    User,
    | 'displayName'
    | 'role'
    | 'unitId'
    | 'email'
    | 'telephone'
    | 'disabledAt'
    | 'passwordHash'
    | 'mustChangePassword'
    | 'passwordExpiresAt'
  >
>

/** Changes a user; 409 where somebody else has since `version`; the last active administrator stays one. */
export function updateUser(
  tx: Db,
  stamp: Stamp,
  id: number,
  version: number,
  change: UserChange,
  action = 'user.change',
): User {
  const before = tx.select().from(users).where(eq(users.id, id)).get()
  if (!before) throw notFound('账号')
  if (before.version !== version) throw conflict(getUser(tx, id))
  const next = { ...before, ...change }
  checkUnit(tx, next.role, next.unitId)
  const after = tx
    .update(users)
    .set({ ...change, version: version + 1 })
    .where(eq(users.id, id))
    .returning()
    .get()
  const wasAdmin = before.role === 'admin' && before.disabledAt === null
  const isAdmin = after.role === 'admin' && after.disabledAt === null
  if (wasAdmin && !isAdmin && countAdmins(tx) === 0)
    throw invalid([{ path: 'role', message: '至少保留一名可登录的管理员' }])
  appendAudit(tx, stamp, action, 'user', id, auditFields(before), auditFields(after))
  return after
}

const countAdmins = (db: Db): number =>
  db
    .select({ n: sql<number>`count(*)` })
    .from(users)
    .where(and(eq(users.role, 'admin'), sql`${users.disabledAt} is null`))
    .get()!.n

function checkUnit(db: Db, role: Role, unitId: number | null): void {
  if (role === 'reporter' && unitId === null) throw invalid([{ path: 'unitId', message: '部门填报人须指定所属单位' }])
  if (role !== 'reporter' && unitId !== null) throw invalid([{ path: 'unitId', message: '只有部门填报人需要指定单位' }])
  if (unitId === null) return
  const unit = db
    .select({ kind: units.kind, archivedAt: units.archivedAt })
    .from(units)
    .where(eq(units.id, unitId))
    .get()
  if (!unit) throw invalid([{ path: 'unitId', message: '没有这个单位' }])
  if (unit.kind === 'group')
    throw invalid([{ path: 'unitId', message: '单位组（如“各县市区政府”）不能有填报人，请选择其中的成员单位' }])
  if (unit.archivedAt !== null) throw invalid([{ path: 'unitId', message: '该单位已停用' }])
}

const rowsOf = (db: Db) =>
  db
    .select({ user: users, unit: { id: units.id, name: units.name }, factor: secondFactors.confirmedAt })
    .from(users)
    .leftJoin(units, eq(units.id, users.unitId))
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))

function toRow({
  user,
  unit,
  factor,
}: {
  user: User
  unit: { id: number; name: string } | null
  factor: string | null
}): UserRow {
  const {
    id,
    username,
    displayName,
    role,
    email,
    telephone,
    mustChangePassword,
    passwordExpiresAt,
    disabledAt,
    version,
    createdAt,
  } = user
  return {
    id,
    username,
    displayName,
    role,
    unit,
    email,
    telephone,
    mustChangePassword,
    passwordExpiresAt,
    disabledAt,
    secondFactor: factor !== null,
    version,
    createdAt,
  }
}

/** What the trail keeps of a user: everything but the hash. */
function auditFields(user: User): Record<string, unknown> {
  const { passwordHash: _secret, createdAt: _created, id: _id, ...rest } = user
  return rest
}

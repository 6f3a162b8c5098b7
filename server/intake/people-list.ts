import type { z } from 'zod'
import { ROLE_TITLES, type Role, ROLES } from '../../db/domain/roles.ts'
import type { Db } from '../../db/open.ts'
import type { Stamp } from '../actor.ts'
import { NameFinder } from '../core/name-finder.ts'
import { unitKey } from '../../db/domain/unit-key.ts'
import { nameKey } from '../core/user-name.ts'
import { listUnits } from '../core/units.ts'
import { insertUser, listUsers } from '../core/users.ts'
import { displayNameField, emailField, telephoneField, usernameField } from '../session/schemas.ts'
import { type ListRow, said } from './grid.ts'
import type { Keeper } from './keeper.ts'
import { type Evaluated, factsOf, verdictOf } from './preview.ts'

export interface PersonRecord {
  username: string
  displayName: string
  role: Role
  unitId: number | null
  telephone: string | null
  email: string | null
}

/** Secrets of a person's first entry: what is stored of a one-time password, and until when it works. */
export interface FirstPassword {
  passwordHash: string
  /** Instant (UTC ISO). */
  expiresAt: string
}

const ROLE_WORDS: readonly (readonly [words: RegExp, role: Role])[] = [
  [/督查|督办/, 'supervisor'],
  [/领导|市长|县长|区长|省长|秘书长|书记|主任$/, 'leader'],
  [/管理员|系统管理/, 'admin'],
  [/部门|填报|联络|单位|责任/, 'reporter'],
]

/** Whether it would be taken if it were typed into the form of a person. */
const isFit = (field: z.ZodType, text: string): boolean => field.safeParse(text).success

/** Reads a list of people: each row a new account. Who has one already is shown and left as they are. */
export function evaluatePeople(db: Db, rows: readonly ListRow[]): Evaluated<PersonRecord>[] {
  const users = listUsers(db)
  const byName = new Map(users.map((user) => [nameKey(user.username), user]))
  const units = new Map(listUnits(db).map((unit) => [unit.id, unit]))
  const finder = new NameFinder(db)
  const taken = new Map<string, number>()
  return rows.map((row) => {
    const faults: string[] = []
    const hints: string[] = []
    const displayName = said(row, 'displayName')?.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '') ?? null
    if (displayName === null) faults.push(`第${row.number}行没有姓名`)
    else if (!isFit(displayNameField, displayName)) faults.push(`姓名“${displayName.slice(0, 50)}”不能超过 40 字`)
    const telephone = telephoneOf(row)
    if (telephone !== null && !isFit(telephoneField, telephone))
      faults.push(`电话“${telephone.slice(0, 40)}”只能有数字、空格、横线、括号和“转”`)
    const email = said(row, 'email')
    if (email !== null && !isFit(emailField, email)) faults.push(`邮箱“${email.slice(0, 60)}”不是邮箱`)
    const unitWords = said(row, 'unit')?.replace(/\s+/g, '') ?? null
    const roleWords = said(row, 'role')
    const role = roleOf(roleWords, unitWords)
    if (role === null)
      faults.push(`角色“${(roleWords ?? '').slice(0, 20)}”应为${Object.values(ROLE_TITLES).join('、')}之一`)
    const unitId = role === 'reporter' ? unitOf(unitWords) : null
    const username = usernameOf(row, displayName, telephone)
    const known = username === null ? undefined : byName.get(nameKey(username))
    if (username !== null && known === undefined) taken.set(nameKey(username), row.number)
    if (known && known.displayName !== displayName)
      faults.push(`用户名“${username}”已是${known.displayName}的账号，请换一个用户名`)
    return {
      row: row.number,
      verdict: verdictOf(faults, known !== undefined, false),
      title: displayName ?? '',
      facts: factsOf({
        用户名: username,
        角色: role && ROLE_TITLES[role],
        // who does not report has none
        单位: role !== null && role !== 'reporter' ? null : unitId === null ? unitWords : units.get(unitId)?.name,
        电话: telephone,
        邮箱: email,
      }),
      faults,
      hints: known && faults.length === 0 ? ['已有此账号，不改动'] : hints,
      knownId: known?.id ?? null,
      record:
        faults.length > 0 || known || username === null || displayName === null || role === null
          ? null
          : { username, displayName, role, unitId, telephone, email },
    }

    function unitOf(words: string | null): number | null {
      if (words === null) {
        faults.push('部门填报人须写明所属单位')
        return null
      }
      const { unitId, proposals } = finder.find(words)
      const id = unitId ?? proposals.find(({ name }) => unitKey(name) === unitKey(words))?.unitId ?? null
      if (id === null) {
        const like = proposals.map(({ name }) => `“${name}”`).join('、')
        faults.push(
          `没有名为“${words.slice(0, 60)}”的单位${like ? `，是不是${like}` : ''}；请先导入单位，或改用登记的名称`,
        )
        return null
      }
      const unit = units.get(id)
      if (unit?.kind === 'group') faults.push(`“${unit.name}”是单位组，不能有填报人；请填其中的成员单位`)
      else if (unit && unit.archivedAt !== null) faults.push(`“${unit.name}”已停用，请写现在的单位`)
      return id
    }

    /** As written; else the mobile number; else the name, with a figure behind it where several are called so. */
    function usernameOf(of: ListRow, name: string | null, phone: string | null): string | null {
      const written = said(of, 'username')?.normalize('NFKC') ?? null
      if (written !== null) {
        const before = taken.get(nameKey(written))
        if (!isFit(usernameField, written))
          faults.push(`用户名“${written.slice(0, 40)}”只能用文字、数字、点、横线和下划线，2 至 40 个`)
        else if (before !== undefined) faults.push(`用户名“${written}”与第${before}行相同`)
        return written
      }
      const base = phone !== null && /^1\d{10}$/.test(phone) ? phone : name?.replace(/[^\p{L}\p{N}._-]/gu, '')
      if (!base || base.length < 2) {
        if (name !== null) faults.push('请写明用户名')
        return null
      }
      for (let n = 1; ; n++) {
        const name = n === 1 ? base : `${base}${n}`
        const owner = byName.get(nameKey(name))
        const isSame = owner && owner.displayName === displayName && (owner.unit?.id ?? null) === unitId
        if (isSame || (!owner && !taken.has(nameKey(name)))) return name
      }
    }
  })
}

/** A number of eleven digits is one, also where the sheet holds it as a number. */
function telephoneOf(row: ListRow): string | null {
  const { number } = row.cells.telephone ?? { number: null }
  return number !== null && Number.isSafeInteger(number) ? String(number) : said(row, 'telephone')
}

/** By its own words; where there are none, who has a unit reports for it, and 督查室 in the place of a unit is what the role is. */
function roleOf(words: string | null, unit: string | null): Role | null {
  if (words === null) {
    const role = ROLES.find((one) => one !== 'reporter' && ROLE_TITLES[one] === unit)
    return role ?? (unit === null ? null : 'reporter')
  }
  return ROLE_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

/** Stores accounts; each with the first password that was made for it. */
export function storePeople(
  tx: Db,
  stamp: Stamp,
  rows: readonly Evaluated<PersonRecord>[],
  keeper: Keeper,
  firstPasswords: readonly FirstPassword[],
): Record<string, number> {
  let made = 0
  for (const { record } of rows) {
    if (record === null) continue
    const { passwordHash, expiresAt } = firstPasswords[made]!
    const user = insertUser(tx, stamp, {
      ...record,
      passwordHash,
      mustChangePassword: true,
      passwordExpiresAt: expiresAt,
    })
    keeper.made('user', user.id)
    made++
  }
  return { made }
}

import { and, eq, gt, isNotNull, isNull, lt, or } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { randomInt } from 'node:crypto'
import type { PasswordCost } from './passwords.ts'
import type { Db } from '../../db/open.ts'
import { recoveryCodes, secondFactors } from '../../db/schema/index.ts'
import { CLEAR_SIGNS, hashPassword, passwordMatches } from './passwords.ts'

/** Seconds of one code, and how many codes before and after the present one are taken for clocks that differ (RFC 6238, 5.2). */
const PERIOD = 30
const WINDOW = 1
/** Codes by which a clock may be set back without a used code being taken again: an hour. */
const SKEW_STEPS = 120
/** Bytes of a secret: the 160 bits that RFC 4226 recommends. */
const SECRET_BYTES = 20
/** Recovery codes made at once. */
const RECOVERY_CODES = 10
/** Signs of one: 31^10, about 49 bits, kept under argon2id. */
const RECOVERY_SIGNS = 10

/** SHA-1, six digits, thirty seconds: what every authenticator app knows. */
const totp = (secret: string, label = '') =>
  new TOTP({ issuer: '政标', label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret: Secret.fromBase32(secret) })

/** A new random secret, base32. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** The `otpauth://` address that the QR code holds. */
export const secretUri = (secret: string, username: string): string => totp(secret, username).toString()

/** The person's authenticator, where it is switched on. */
export const factorOf = (db: Db, userId: number) =>
  db
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt)))
    .get()

/**
 * Takes a code of the authenticator, confirmed or being set up: once, and none that is older than the last.
 * @param now decides which codes are valid
 * @returns false where the code is wrong or has been used
 */
export function takeTotp(tx: Db, userId: number, code: string, now: Date): boolean {
  const factor = tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).get()
  if (!factor || !/^\d{6}$/.test(code)) return false
  const delta = totp(factor.secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  if (delta === null) return false
  const present = Math.floor(now.getTime() / 1000 / PERIOD)
  const step = present + delta
  // A last code from further ahead than any could be was taken while the clock was wrong: it must not shut the person out.
  const aheadOfTime = gt(secondFactors.lastStep, present + WINDOW + SKEW_STEPS)
  return (
    tx
      .update(secondFactors)
      .set({ lastStep: step })
      .where(and(eq(secondFactors.userId, userId), or(lt(secondFactors.lastStep, step), aheadOfTime)))
      .run().changes === 1
  )
}

/** A code as it was typed: full-width digits, spaces and dashes are read as meant. */
export const plainCode = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase()

/** The number of the unused recovery code that was typed, null where there is none. Slow: each one costs a hash. */
export async function findRecoveryCode(db: Db, userId: number, code: string): Promise<number | null> {
  if (code.length !== RECOVERY_SIGNS) return null
  for (const row of unusedCodes(db, userId)) if (await passwordMatches(row.codeHash, code)) return row.id
  return null
}

/** Uses up a recovery code; false where somebody was faster. */
export const takeRecoveryCode = (tx: Db, id: number, now: Date): boolean =>
  tx
    .update(recoveryCodes)
    .set({ usedAt: now.toISOString() })
    .where(and(eq(recoveryCodes.id, id), isNull(recoveryCodes.usedAt)))
    .run().changes === 1

export const unusedCodes = (db: Db, userId: number) =>
  db
    .select()
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
    .all()

/** Fresh recovery codes with their hashes; in two groups of five, which are easier to copy. */
export async function makeRecoveryCodes(cost: PasswordCost): Promise<{ codes: string[]; hashes: string[] }> {
  const plain = Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: RECOVERY_SIGNS }, () => CLEAR_SIGNS[randomInt(CLEAR_SIGNS.length)]).join(''),
  )
  return {
    codes: plain.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`),
    hashes: await Promise.all(plain.map((code) => hashPassword(code, cost))),
  }
}

/** Replaces all recovery codes of a person. */
export function writeRecoveryCodes(tx: Db, userId: number, hashes: readonly string[], at: string): void {
  tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)).run()
  for (const codeHash of hashes) tx.insert(recoveryCodes).values({ userId, codeHash, createdAt: at }).run()
}

/** Takes the authenticator and its recovery codes away; false where there was none. */
export function removeFactor(tx: Db, userId: number): boolean {
  tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)).run()
  return tx.delete(secondFactors).where(eq(secondFactors.userId, userId)).run().changes === 1
}

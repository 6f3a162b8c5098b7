import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { isCommonPassword } from './common-passwords.ts'
import { Problem } from '../errors.ts'

/** Characters of a new password. No rule of composition, no forced change (ASVS 6.2.5, 6.2.10). */
const PASSWORD_LENGTH = { min: 10, max: 128 } as const

/** Signs of a one-time password: none that can be mistaken for another when read out or copied by hand. */
export const CLEAR_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const ONE_TIME_LENGTH = 16

/** Memory and passes of argon2id. */
export interface PasswordCost {
  /** KiB */
  memoryCost: number
  timeCost: number
}

/** argon2id, encoded with its parameters and salt. */
export const hashPassword = (password: string, cost: PasswordCost): Promise<string> =>
  hash(password.normalize('NFC'), { memoryCost: cost.memoryCost, timeCost: cost.timeCost, parallelism: 1 })

/** Whether the password is the one that was hashed. */
export const passwordMatches = (encoded: string, password: string): Promise<boolean> =>
  verify(encoded, password.normalize('NFC'))

/** A hash that nobody's password has, by its cost. */
const decoys = new Map<string, Promise<string>>()

/** Takes as long as a real check, so that an unknown name does not answer sooner than a known one. */
export async function pretendToCheck(password: string, cost: PasswordCost): Promise<void> {
  const key = `${cost.memoryCost}/${cost.timeCost}`
  const decoy = decoys.get(key) ?? hashPassword('a password that nobody has', cost)
  decoys.set(key, decoy)
  await passwordMatches(await decoy, password)
}

/** A random first password: 31^16, about 79 bits. */
export function oneTimePassword(): string {
  return Array.from({ length: ONE_TIME_LENGTH }, () => CLEAR_SIGNS[randomInt(CLEAR_SIGNS.length)]).join('')
}

/** Throws the 400 problem where a new password is too short, too long, known to everybody, or the person's own name. */
export async function checkNewPassword(password: string, username: string): Promise<void> {
  const message = await complaint(password, username)
  if (message)
    throw new Problem(400, 'weak-password', '密码不符合要求', message, { errors: [{ path: 'password', message }] })
}

async function complaint(password: string, username: string): Promise<string | null> {
  const { min, max } = PASSWORD_LENGTH
  const length = [...password].length
  if (length < min) return `密码至少 ${min} 个字符，建议用几个词连成的短句。`
  if (length > max) return `密码不能超过 ${max} 个字符。`
  const plain = password.toLowerCase()
  if (await isCommonPassword(plain)) return '这是常见密码，容易被猜到，请换一个。'
  if (username.length >= 4 && plain.includes(username.toLowerCase())) return '密码中不能包含用户名。'
  if (new Set(plain).size < 4) return '密码中的字符过于单一，请换一个。'
  return null
}

/** First passwords of many people at once: on slips of paper, or as links that work once. */
import type { FirstEntry } from '../../db/domain/intake-terms.ts'
import { secondsAfter } from '../../db/domain/instants.ts'
import type { Db } from '../../db/open.ts'
import type { Stamp } from '../actor.ts'
import { hashPassword, oneTimePassword, type PasswordCost } from '../session/passwords.ts'
import { newLinkToken, storeLink } from '../session/sign-in-links.ts'
import type { FirstPassword } from './people-list.ts'

/** A slip is printed, cut and carried about: it works for a week, where a password told by telephone works for three days. */
const SLIP_HOURS = 7 * 24

/** What a new person is given, to be shown once. */
export interface FirstSecret {
  userId: number
  username: string
  displayName: string
  /** The person's unit, or the office itself for who has none: the head of the slip. */
  unit: string
  /** The one-time password, or the token of the link. */
  secret: string
}

interface FirstEntries {
  secrets: string[]
  stored: FirstPassword[]
  /** Tokens to be stored as links; empty for passwords. */
  links: string[]
  expiresAt: string
}

/** Makes the secrets of so many people. With links nobody can enter by a password before the link has been used. */
export async function makeFirstEntries(
  count: number,
  entry: FirstEntry,
  stamp: Stamp,
  cost: PasswordCost,
): Promise<FirstEntries> {
  const expiresAt = secondsAfter(new Date(stamp.at), SLIP_HOURS * 3600)
  if (count === 0) return { secrets: [], stored: [], links: [], expiresAt }
  if (entry === 'link') {
    const links = Array.from({ length: count }, newLinkToken)
    // One password that nobody knows, and that has run out already.
    const passwordHash = await hashPassword(oneTimePassword(), cost)
    return { secrets: links, stored: links.map(() => ({ passwordHash, expiresAt: stamp.at })), links, expiresAt }
  }
  const secrets = Array.from({ length: count }, oneTimePassword)
  const stored = await Promise.all(
    secrets.map(async (secret) => ({ passwordHash: await hashPassword(secret, cost), expiresAt })),
  )
  return { secrets, stored, links: [], expiresAt }
}

/** Stores the links of people, in the order of their tokens. */
export function storeLinks(tx: Db, stamp: Stamp, userIds: readonly number[], { links, expiresAt }: FirstEntries): void {
  userIds.forEach((userId, i) => storeLink(tx, { token: links[i]!, userId, createdAt: stamp.at, expiresAt }))
}

/** The office's own identity provider (OpenID Connect): discovery, PKCE, and who a person there is here. */
import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import * as oidc from 'openid-client'
import type { Db } from '../../db/open.ts'
import { identities, units, users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { nameKey } from '../core/user-name.ts'
import { insertUser } from '../core/users.ts'
import { resolveUnit } from '../core/units.ts'
import { Problem } from '../errors.ts'
import type { Settings } from '../rules/settings.ts'
import { readSetting } from '../settings/store.ts'
import { endLinksOf } from './sign-in-links.ts'
import { usernameField } from './schemas.ts'

/** Where the provider is and how it knows us; from the environment, because a secret is no setting. */
export interface ProviderOptions {
  issuer: string
  clientId: string
  clientSecret: string | null
}

type Claims = Readonly<Record<string, unknown>>
type User = typeof users.$inferSelect
type Match = Settings['identity']['match']

/** A sign-in under way lasts so long, and so many may be under way. */
const PENDING_MS = 10 * 60_000
const MOST_PENDING = 5000

interface Pending {
  state: string
  nonce: string
  verifier: string
  redirectUri: string
  until: number
}

/** Sign-ins that are under way, each bound to a browser by the key in its cookie; a restart forgets them. */
export class IdentityProvider {
  private configuration: Promise<oidc.Configuration> | null = null
  private readonly pending = new Map<string, Pending>()

  constructor(private readonly options: ProviderOptions) {}

  /**
   * Begins a sign-in.
   * @param match what of an account is compared: a telephone number and whether it was verified are asked for only then
   * @returns the provider's page, and the key that the browser keeps
   * @throws {Problem} 502 where the provider cannot be reached
   */
  async begin(redirectUri: string, match: Match): Promise<{ address: string; key: string }> {
    const configuration = await this.discovered()
    const verifier = oidc.randomPKCECodeVerifier()
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: match === 'telephone' ? 'openid profile email phone' : 'openid profile email',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    for (const [old, { until }] of this.pending) if (until < performance.now()) this.pending.delete(old)
    if (this.pending.size >= MOST_PENDING)
      throw new Problem(503, 'overloaded', '系统繁忙', '正在登录的人较多，请稍候再试。', { retryAfter: 10 })
    const key = randomBytes(24).toString('base64url')
    this.pending.set(key, { state, nonce, verifier, redirectUri, until: performance.now() + PENDING_MS })
    return { address: address.href, key }
  }

  /**
   * Ends a sign-in with what the provider sent along: checks state, nonce, PKCE and the signature.
   * @param query of the address to which the provider led back
   * @throws {Problem} 401 where it is not the sign-in that this browser began, or the provider says no
   */
  async end(key: string | undefined, query: string): Promise<Claims> {
    const begun = key === undefined ? undefined : this.pending.get(key)
    if (key !== undefined) this.pending.delete(key) // each is tried once
    if (!begun || begun.until < performance.now())
      throw new Problem(401, 'sign-in-lost', '登录已过期', '这次登录等得太久或已经用过，请回到登录页重新开始。')
    const configuration = await this.discovered()
    const back = new URL(begun.redirectUri)
    back.search = query
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, back, {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()!
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {}
      return { ...more, ...claims }
    } catch {
      throw new Problem(401, 'provider-refused', '登录未成功', '统一身份平台没有确认这次登录，请重试或联系管理员。')
    }
  }

  /** Asked again after a failure, so that a provider that was down at first is found later. */
  private async discovered(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.options
    const url = new URL(issuer)
    this.configuration ??= oidc.discovery(
      url,
      clientId,
      clientSecret ?? undefined,
      clientSecret === null ? oidc.None() : undefined,
      // Only on this machine may it be spoken to without encryption.
      url.protocol === 'http:' && isLoopback(url.hostname) ? { execute: [oidc.allowInsecureRequests] } : undefined,
    )
    try {
      return await this.configuration
    } catch {
      this.configuration = null
      throw new Problem(502, 'provider-unreachable', '连接不上统一身份平台', '请稍后再试；管理员可以用本地账号登录。')
    }
  }
}

const isLoopback = (host: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(host)

const textClaim = (claims: Claims, name: string): string | null => {
  const value = claims[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/**
 * The person of some claims: known by the subject from before, else the account that the administrator's rule names, else
 * a new one, only where the rule says so. A disabled account stays disabled.
 * @param passwordHash of a password that nobody knows, for a new account
 * @throws {Problem} 403 that says what is missing
 */
export function personOfClaims(db: Db, issuer: string, claims: Claims, stamp: Stamp, passwordHash: string): User {
  const subject = String(claims.sub)
  return inTransaction(db, (tx) => {
    const known = tx
      .select({ user: users })
      .from(identities)
      .innerJoin(users, eq(users.id, identities.userId))
      .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)))
      .get()?.user
    const user = known ?? matched(tx, claims) ?? created(tx, claims, stamp, passwordHash)
    if (user.disabledAt !== null) throw refused('您的账号已停用，请联系管理员。')
    // Who runs the provider must not come to run this system with it.
    if (user.role === 'admin') throw refused('管理员账号只能用本地密码登录。')
    // A first password that was never used has done its service.
    if (user.mustChangePassword) {
      endLinksOf(tx, user.id, new Date(stamp.at))
      tx.update(users)
        .set({ mustChangePassword: false, passwordExpiresAt: stamp.at, version: user.version + 1 })
        .where(eq(users.id, user.id))
        .run()
    }
    if (!known) {
      tx.insert(identities).values({ issuer, subject, userId: user.id, createdAt: stamp.at }).run()
      appendAudit(tx, stamp, 'user.identity', 'user', user.id, null, { issuer, subject })
    }
    return user
  })
}

const refused = (detail: string) => new Problem(403, 'no-account', '不能登录', detail)

/** An address or number that the provider does not say it has verified may be anybody's; names are the provider's own. */
const VERIFIED_BY = {
  username: null,
  email: { claim: 'email_verified', title: '邮箱' },
  telephone: { claim: 'phone_number_verified', title: '电话' },
} as const satisfies Record<Match, { claim: string; title: string } | null>

function matched(tx: Db, claims: Claims): User | undefined {
  const { claim, match } = readSetting(tx, 'identity')
  const value = textClaim(claims, claim)
  if (value === null) throw refused(`统一身份平台没有给出“${claim}”，请联系管理员。`)
  const keyOf = (user: User) => (match === 'username' ? user.username : match === 'email' ? user.email : user.telephone)
  const same = tx
    .select()
    .from(users)
    .all()
    .filter((user) => nameKey(keyOf(user) ?? '') === nameKey(value))
  if (same.length > 1) throw refused(`有 ${same.length} 个账号与“${value}”相符，请联系管理员。`)
  const verified = VERIFIED_BY[match]
  if (same.length === 1 && verified !== null && claims[verified.claim] !== true)
    throw refused(`统一身份平台没有确认您的${verified.title}（${verified.claim}），请联系管理员。`)
  return same[0]
}

function created(tx: Db, claims: Claims, stamp: Stamp, passwordHash: string): User {
  const { claim, create, nameClaim, unitClaim } = readSetting(tx, 'identity')
  const username = textClaim(claims, claim)!.normalize('NFKC')
  if (create === 'nobody') throw refused(`本系统没有与“${username}”对应的账号，请联系管理员开设。`)
  const unitName = textClaim(claims, unitClaim)
  const unitId =
    unitName === null
      ? null
      : (resolveUnit(tx, unitName) ?? tx.select().from(units).where(eq(units.name, unitName)).get()?.id ?? null)
  if (unitId === null) throw refused(`您的单位“${unitName ?? '未写明'}”没有登记，请联系管理员。`)
  if (!usernameField.safeParse(username).success)
    throw refused(`“${username.slice(0, 40)}”不能用作用户名，请联系管理员。`)
  return insertUser(tx, stamp, {
    username,
    displayName: (textClaim(claims, nameClaim) ?? username).slice(0, 40),
    role: 'reporter',
    unitId,
    email: textClaim(claims, 'email')?.slice(0, 200) ?? null,
    passwordHash,
    mustChangePassword: false,
    passwordExpiresAt: stamp.at,
  })
}

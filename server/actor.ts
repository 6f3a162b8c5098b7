import type { Role } from '../db/domain/roles.ts'
import type { TokenScope } from '../db/domain/token-terms.ts'
import type { OpenDb } from '../db/open.ts'

/** Who does a step, from where and when; written to the audit log with everything that is changed. */
export interface Stamp {
  /** Null for nobody in particular: the daily job, a command line, a failed sign-in. */
  id: number | null
  displayName: string | null
  ip: string | null
  /** The instant of the request, the same for every row that one step writes. */
  at: string
}

/** A signed-in person. */
export interface Actor extends Stamp {
  id: number
  username: string
  displayName: string
  role: Role
  /** The unit that a reporter speaks for; null for the other roles. */
  unitId: number | null
  mustChangePassword: boolean
  /** The role asks for 两步验证 and the person has not switched it on yet. */
  mustSetUpSecondFactor: boolean
}

/** Stamp of what the program does by itself: `name` is shown in the trail (每日任务, 命令行导入). */
export const systemStamp = (name: string, now: Date): Stamp => ({
  id: null,
  displayName: name,
  ip: null,
  at: now.toISOString(),
})

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in person; throws the 401 problem where nobody is. */
    readonly actor: Actor
    /** The signed-in person or null. */
    actorOrNull: Actor | null
    /** What the request's API token may do; null for a person's own session. */
    tokenScopes: readonly TokenScope[] | null
    /** For steps that nobody in particular does; the actor where there is one. */
    readonly stamp: Stamp
  }

  interface FastifyInstance {
    readonly db: OpenDb
    /** The clock: the machine's, or a test's. */
    readonly now: () => Date
    /** Today's date in Asia/Shanghai. */
    readonly today: () => string
    /** Folder of database, originals, attachments and backups. */
    readonly dataDir: string
  }

  interface FastifyContextConfig {
    /** Who may call the route. Every route of the API must say; `public` needs no sign-in. */
    roles?: readonly Role[] | 'public'
    /** May be called with a one-time password that has not been changed yet. */
    beforePasswordChange?: boolean
    /** Scope of an API token that may call it, besides reading (GET) with `read`; without it no token changes anything here. */
    tokenScope?: TokenScope
    /** The handler waits for the write lock by itself (`app.steps`, `inTurn`). */
    takesTurn?: boolean
    /** May be called before the second factor that the role asks for has been set up. */
    beforeSecondFactor?: boolean
  }
}

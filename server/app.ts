/**
 * The application: `buildApp(options)` returns a Fastify instance that main, demo, tests and openapi share.
 *
 * WHERE A LINE BELONGS
 * - db/domain: words, states and rules that pages and server share; pure, imports nothing outside itself. A new light begins
 *   in db/domain/lights.ts, a new field of a target in db/domain/target-fields.ts.
 * - db: statements and pragmas, behind functions with names of the domain (`targetsOn`, `claimWriteLock`, `stageFindings`);
 *   lint refuses `prepare`, `pragma` and json_each here.
 * - server/core: what several areas need (steps, versions, spans, rights, evidence, units and people, schemas of a target).
 * - server/counting: every number about targets. server/reading: answers that read much, made in threads of their own.
 * - server/rules: rules that only the server needs. server/readers: files into text. server/audit, settings, session, plugins,
 *   bounded: what every area stands on.
 * - Every other folder is an area, what an office does with them. Areas do not import each other (lint); what two of them need
 *   moves into core or counting. cli and demo start the whole and may know all areas.
 *
 * HOW TO ADD AN AREA
 * - `server/<area>/index.ts` exports `export const <area>Area: FastifyPluginAsyncZod = async (app) => { … }` (type from
 *   fastify-type-provider-zod); add it to server/areas.ts. Paths inside have no `/api`, the scope adds it.
 * - Every route declares who may call it, or the start fails:
 *     app.get('/targets/:id', { config: { roles: ['supervisor', 'leader'] }, schema: { params: idParams,
 *       response: { 200: targetSchema } } }, async (request) => …)
 *   `roles: ROLES` (db/domain/roles.ts) is everyone signed in, `roles: 'public'` needs no sign-in. Row rights (a reporter's
 *   own unit) are the area's own check: answer notFound('目标') for what is not theirs.
 *   More in config: `...SIGN_IN_LIMIT`, `...BULK_LIMIT` (server/plugins/rate-limits.ts), `beforePasswordChange: true`,
 *   `beforeSecondFactor: true`.
 * - Schemas are zod, for body, query, params and the 2xx answers; problem answers are added by themselves. Bodies are
 *   never coerced (no z.coerce in a body); query and params are, by server/schema.ts (idParams, pageQuery, commaList, …).
 *   A response schema must have no transform. Name shared ones with `.meta({ id: 'TargetRow' })`.
 * - Errors: throw notFound, conflict(current), wrongState, invalid, forbidden or a `new Problem(status, code, title, detail)`
 *   of server/errors.ts. Anything else is a generic 500 for the caller.
 *
 * WHAT A HANDLER HAS
 * - `app.db` drizzle on better-sqlite3, synchronous; `app.db.$client` the bare connection; `app.now()`, `app.today()`
 *   (Asia/Shanghai), `app.dataDir`.
 * - `request.actor` {id, username, displayName, role, unitId, ip, at}: throws 401 where nobody is signed in;
 *   `request.actorOrNull`; `request.stamp` for public routes; `systemStamp(name, now)` for jobs and commands.
 * - `inTransaction(app.db, (tx) => …)` of db/transaction.ts: one step, synchronous, takes the write lock, nests.
 * - `appendAudit(tx, request.actor, 'target.assign', 'target', id, before, after)` in the same transaction.
 * - A target is changed by a step (`defineStep`, server/core/step-engine.ts). Whoever changes a target, its units or parts
 *   otherwise calls `writeVersion(tx, ids, step, stamp)` (server/core/versions.ts) and `rewriteSpans(tx, ids, today)`
 *   (server/core/light-spans.ts) in the same transaction. The past is read from versions and spans
 *   (db/target-versions.ts, db/targets-on.ts), never from the audit log.
 * - Targets, their units, versions, spans and reports hold instants, dates and words of a few as numbers. Drizzle's columns give and
 *   take the texts; a statement written by hand goes through db/stored.ts, and a placeholder compared with such a column through
 *   `sql.param(sql.placeholder(…), column)`.
 * - Numbers about targets: `app.reading.ask('overview', viewerOf(request.actor), day, null)`. Every count, whoever shows it,
 *   takes its numbers from `standingOn(db, day)` (server/counting/standing.ts): what each target was at the end of that day.
 *   A new question goes into server/reading/questions.ts.
 * - A GET that reads more than a row or two is a page there (`PAGES`): `return sendJson(reply, await app.reading.text('tasks', …))`.
 *   In a large database it is read, and its JSON made, in a reader thread with a connection of its own.
 * - `seenBy(kind, actor)` (server/core/record-rights.ts) says who may see a report, 督办单 or problem of a target.
 * - `readSetting(db, 'lights')` of server/settings/store.ts; keys and defaults in server/rules/settings.ts.
 * - Another thread or process may hold the write lock for a second (an import). Before the handler of a POST, PATCH, PUT
 *   or DELETE its release is awaited; code that writes later, or on a GET, does `await writeTurn(app.db.$client)` first; a
 *   job does `await inTurn(app.db, (tx) => …)` (server/write-turn.ts). Steps of several people at once share a transaction
 *   (`app.steps`, server/shared-turn.ts).
 * - Optimistic version: `update … where id and version`, no row changed → `throw conflict(currentRecord)`.
 * Files: originals and attachments lie under `app.dataDir` in `files/`, named by their SHA-256; backup takes them along.
 *
 * TESTS: tests/server/helper.ts builds all of it on an in-memory database with one person per role: injectAs(role, …).
 */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { Durability } from '../db/durability.ts'
import type { OpenDb } from '../db/open.ts'
import { AREAS } from './areas.ts'
import { Problem } from './errors.ts'
import { accessPlugin, SAFE_METHODS } from './plugins/access.ts'
import { cleanInputPlugin } from './plugins/clean-input.ts'
import { compressionPlugin } from './plugins/compression.ts'
import { errorsPlugin, sendProblem } from './plugins/errors.ts'
import { openapiPlugin } from './plugins/openapi.ts'
import { rateLimitsPlugin } from './plugins/rate-limits.ts'
import { securityPlugin } from './plugins/security.ts'
import { referencesPlugin } from './plugins/references.ts'
import { tolerantSerializer } from './plugins/serializer.ts'
import { type SlowRequestOptions, slowRequestsPlugin } from './plugins/slow-requests.ts'
import { staticWebPlugin } from './plugins/static-web.ts'
import { shanghaiDate } from '../db/domain/dates.ts'
import { addReading } from './reading/index.ts'
import { ChannelStore } from './reminders/channel-store.ts'
import { type Channels, NO_CHANNELS } from './reminders/channels.ts'
import type { PasswordCost } from './session/passwords.ts'
import type { ProviderOptions } from './session/provider.ts'
import { sessionPlugin } from './session/plugin.ts'
import { SharedTurn } from './shared-turn.ts'
import { writeTurn } from './write-turn.ts'

export interface AppOptions {
  database: OpenDb
  /** Folder for originals, attachments and backups. */
  dataDir: string
  now?: () => Date
  logger?: FastifyServerOptions['logger'] | FastifyBaseLogger
  /** Served by HTTPS (behind a proxy): Secure cookie with the `__Host-` prefix, HSTS. */
  https?: boolean
  /** Address under which people reach the server behind a proxy; its origin is one of ours. */
  publicUrl?: string | null
  /** Addresses of proxies whose X-Forwarded-* headers are believed. */
  trustProxy?: string[]
  /** 统一身份平台 (OpenID Connect), where there is one. */
  provider?: ProviderOptions | null
  /** Off in tests: limits by person and address, and turning away under load. */
  limits?: boolean
  /** Tests take less. */
  passwordCost?: PasswordCost
  /** When an upload counts as given up; for tests. */
  slowRequests?: SlowRequestOptions
  /** Ways out of the house that the environment names; those set on the page 系统 stand before them. */
  channels?: Channels
  /** Writes out what was stored before anybody is told; without it the database does so inside of each commit. */
  durability?: Pick<Durability, 'settled'>
  /** Folder of the built web app; web/dist unless told. */
  webDist?: string
}

/** @throws {Problem} 503 where the disk did not take what was stored */
async function onDisk(written: Promise<void>): Promise<void> {
  try {
    await written
  } catch {
    throw new Problem(
      503,
      'not-written',
      '磁盘未确认写入',
      '这次操作已受理，但服务器的磁盘没有确认写入，断电时可能丢失。请联系管理员检查磁盘，并刷新页面核对。',
    )
  }
}

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const PASSWORD_COST: PasswordCost = { memoryCost: 19_456, timeCost: 2 }

/** Bytes of a JSON body; uploads have their own limit. */
const BODY_LIMIT = 1024 * 1024

declare module 'fastify' {
  interface FastifyInstance {
    readonly passwordCost: PasswordCost
    readonly https: boolean
    readonly provider: ProviderOptions | null
    readonly channels: ChannelStore
    /** Takes steps, those that come together in one transaction. */
    readonly steps: SharedTurn
    /** Address under which people reach the server, for links in messages; null where nobody has told it. */
    readonly publicUrl: string | null
  }

  interface FastifyRequest {
    /** Resolves once the step that the request took lies on the disk; null where nobody has begun to write it out. */
    writtenOut: Promise<void> | null
  }
}

/** Builds the whole application on an open database. `close()` does not close the database: who opened it does. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const now = options.now ?? (() => new Date())
  const limits = options.limits ?? true
  const app = Fastify({
    ...loggerOptions(options.logger),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: BODY_LIMIT,
    // A request may take long (an upload), a connection may not wait for one for ever.
    connectionTimeout: 120_000,
    requestTimeout: 0, // plugins/slow-requests.ts
    keepAliveTimeout: 15_000,
    forceCloseConnections: 'idle',
    frameworkErrors: sendProblem,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(tolerantSerializer)
  app.decorate('db', options.database)
  app.decorate('now', now)
  app.decorate('today', () => shanghaiDate(now()))
  app.decorate('dataDir', options.dataDir)
  app.decorate('routeAccess', [])
  app.decorate('channels', new ChannelStore(options.dataDir, options.channels ?? NO_CHANNELS))
  const { durability } = options
  app.decorate('steps', new SharedTurn(options.database, () => durability?.settled() ?? Promise.resolve()))
  app.decorateRequest('writtenOut', null)
  addReading(app)
  app.decorate('passwordCost', options.passwordCost ?? PASSWORD_COST)

  const https = options.https ?? false
  app.decorate('https', https)
  app.decorate('publicUrl', options.publicUrl ?? null)
  app.decorate('provider', options.provider ?? null)
  await app.register(slowRequestsPlugin, options.slowRequests ?? {})
  await app.register(securityPlugin, { https, underPressure: limits })
  await app.register(
    async (api) => {
      await api.register(errorsPlugin)
      await api.register(sessionPlugin, { https })
      await api.register(accessPlugin, { publicUrl: options.publicUrl ?? null })
      if (limits) await api.register(rateLimitsPlugin)
      await api.register(openapiPlugin)
      await api.register(cleanInputPlugin)
      await api.register(compressionPlugin)
      await api.register(referencesPlugin)
      api.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      })
      // Whoever is told that something was stored may rely on it, also where the power fails in the next moment.
      api.addHook('onSend', async ({ method, writtenOut }, { statusCode }) => {
        if (durability && !SAFE_METHODS.has(method) && statusCode < 400)
          await onDisk(writtenOut ?? durability.settled())
      })
      // A write must not stand still for the lock of an import, and everybody else with it.
      api.addHook('preHandler', async ({ method, routeOptions }) => {
        if (!SAFE_METHODS.has(method) && !routeOptions.config.takesTurn) await writeTurn(options.database.$client)
      })
      api.setNotFoundHandler(limits ? { preHandler: api.rateLimit() } : {}, () => {
        throw new Problem(404, 'not-found', '找不到', '没有这个地址。')
      })
      for (const area of AREAS) await api.register(area)
    },
    { prefix: '/api' },
  )
  await app.register(staticWebPlugin, { dist: options.webDist })
  return app
}

function loggerOptions(logger: AppOptions['logger']): FastifyServerOptions {
  if (logger && typeof logger === 'object' && 'info' in logger) return { loggerInstance: logger as FastifyBaseLogger }
  return { logger: (logger as FastifyServerOptions['logger']) ?? false }
}

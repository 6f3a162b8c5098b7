import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Role } from '../../db/domain/roles.ts'
import { openDatabase, type OpenDb } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { units } from '../../db/schema/index.ts'
import { type Actor, systemStamp } from '../../server/actor.ts'
import { type AppOptions, buildApp } from '../../server/app.ts'
import { insertUser } from '../../server/core/users.ts'
import { hashPassword } from '../../server/session/passwords.ts'

/** The least that argon2 takes: tests sign in often. */
const CHEAP = { memoryCost: 8, timeCost: 1 }

/** One person per role, and a second reporter of another unit, who must not see what is not theirs. */
export const PEOPLE = ['supervisor', 'supervisor2', 'reporter', 'otherReporter', 'leader', 'admin'] as const
export type Person = (typeof PEOPLE)[number]
export const ROLE_OF: Record<Person, Role> = {
  supervisor: 'supervisor',
  supervisor2: 'supervisor',
  reporter: 'reporter',
  otherReporter: 'reporter',
  leader: 'leader',
  admin: 'admin',
}
export const PASSWORD = 'correct horse battery staple'

export interface TestApp {
  app: FastifyInstance
  db: OpenDb
  dataDir: string
  /** Units of `reporter` and `otherReporter`. */
  unitIds: { own: number; other: number }
  userIds: Record<Person, number>
  /** The clock of the application: set it, or let it run on. */
  clock: { now: Date; advance: (seconds: number) => void }
  /** A request as the pages send it, signed in as this person; sessions are kept until the clock is moved. */
  injectAs: (person: Person, options: InjectOptions) => Promise<LightMyRequestResponse>
  /** The same without anybody signed in. */
  inject: (options: InjectOptions) => Promise<LightMyRequestResponse>
  /** Signs in afresh and returns the Cookie header. */
  signIn: (person: Person) => Promise<string>
  /** An actor to call rules and queries with. */
  actorOf: (person: Person) => Actor
  close: () => Promise<void>
}

export interface TestAppOptions extends Partial<
  Pick<
    AppOptions,
    'limits' | 'https' | 'provider' | 'publicUrl' | 'logger' | 'webDist' | 'trustProxy' | 'channels' | 'durability'
  >
> {
  /** Path of the database; in memory unless told. */
  path?: string
  now?: string
}

/** The header that the pages send with everything. */
export const FROM_PAGE = { 'x-requested-with': 'zhengbiao' }

/** An empty database with all its tables: making them takes longer than most tests, so it is done once in a process. */
let empty: Buffer | undefined
function emptyDatabase(): Buffer {
  if (empty === undefined) {
    const db = openDatabase(':memory:')
    empty = db.$client.serialize()
    db.$client.close()
  }
  return empty
}

/** A database of its own, in memory or at a path where there is none yet. */
function newDatabase(path: string | undefined): OpenDb {
  if (path === undefined) return openDatabase(emptyDatabase())
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, emptyDatabase())
  }
  const db = openDatabase(path)
  db.$client.pragma('synchronous = OFF') // it need not outlive a power cut; what does is tested with servers of their own
  return db
}

/** Builds the whole application on an empty database with units 甲局 and 乙局 and one person per role. */
export async function buildTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-test-'))
  const db = newDatabase(options.path)
  const clock = {
    now: new Date(options.now ?? '2026-06-30T02:00:00.000Z'),
    advance(seconds: number) {
      this.now = new Date(this.now.getTime() + seconds * 1000)
    },
  }
  const { path: _path, now: _now, ...appOptions } = options
  const app = await buildApp({
    limits: false,
    ...appOptions,
    database: db,
    dataDir,
    now: () => clock.now,
    passwordCost: CHEAP,
  })
  await app.ready()

  const { unitIds, userIds } = await addPeople(db, clock.now)
  const cookies = new Map<string, string>()
  const inject: TestApp['inject'] = (request) =>
    app.inject({ ...request, headers: { ...FROM_PAGE, ...request.headers } })
  const signIn: TestApp['signIn'] = async (person) => {
    const response = await inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: person, password: PASSWORD },
    })
    if (response.statusCode !== 200) throw new Error(`${person} cannot sign in: ${response.body}`)
    return response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  }
  return {
    app,
    db,
    dataDir,
    unitIds,
    userIds,
    clock,
    inject,
    signIn,
    async injectAs(person, request) {
      const key = `${person} ${clock.now.getTime()}`
      if (!cookies.has(key)) cookies.set(key, await signIn(person))
      return inject({ ...request, headers: { cookie: cookies.get(key)!, ...request.headers } })
    },
    actorOf: (person) => ({
      id: userIds[person],
      username: person,
      displayName: person,
      role: ROLE_OF[person],
      mustChangePassword: false,
      mustSetUpSecondFactor: false,
      ip: '127.0.0.1',
      at: clock.now.toISOString(),
      unitId: person === 'reporter' ? unitIds.own : person === 'otherReporter' ? unitIds.other : null,
    }),
    async close() {
      await app.close()
      db.$client.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function addPeople(db: OpenDb, now: Date) {
  const stamp = systemStamp('测试', now)
  const passwordHash = await hashPassword(PASSWORD, CHEAP)
  return inTransaction(db, (tx) => {
    const addUnit = (name: string) => tx.insert(units).values({ name, createdAt: stamp.at }).returning().get().id
    const unitIds = { own: addUnit('甲局'), other: addUnit('乙局') }
    const unitOf = (person: Person) =>
      person === 'reporter' ? unitIds.own : person === 'otherReporter' ? unitIds.other : null
    const userIds = Object.fromEntries(
      PEOPLE.map((person) => [
        person,
        insertUser(tx, stamp, {
          username: person,
          displayName: person,
          role: ROLE_OF[person],
          unitId: unitOf(person),
          email: null,
          passwordHash,
          mustChangePassword: false,
          passwordExpiresAt: null,
        }).id,
      ]),
    ) as Record<Person, number>
    return { unitIds, userIds }
  })
}

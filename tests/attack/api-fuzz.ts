import { eq, inArray } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { HTTPMethods } from 'fastify'
import { changeRequests, documents, orders, problems, reports, targets, units, users } from '../../db/schema/index.ts'
import { STEPS, type Step } from '../../db/domain/lifecycle.ts'
import { PEOPLE, ROLE_OF } from '../server/helper.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'
import { type Operation, operationsOf } from './api-operations.ts'
import { pick, type Random, randomOf } from './random.ts'
import { type Choice, ODD_IDS, valueFor } from './schema-values.ts'

/** One call that was answered with 500 or more, so that it can be made again. */
export interface Failure {
  person: string
  method: string
  url: string
  body: unknown
  status: number
  answer: string
  log: string
}

export interface FuzzResult {
  calls: number
  operations: number
  /** Of the operations: those that did what they are for at least once. */
  succeeded: number
  /** Calls that passed all checks and did something. */
  done: number
  failures: Failure[]
}

const SLOW = /GET \/audit\/verify|\/exports\/|\/docx|\/xlsx|template|refresh/
/** Share of values that are not what the schema asks for, in every second call. */
const ODD_SHARE = 0.06
/** Calls end what there is: after so many come new targets in all states. */
const FURNISH_EVERY = 250

/** Calls the API by its own description, with seeded values, and keeps every answer of 500 or more. */
export async function fuzzApi(calls: number, seed: number): Promise<FuzzResult> {
  const random = randomOf(seed)
  const logged: string[] = []
  const office = await buildOffice({
    logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } } as never,
  })
  try {
    const operations = operationsOf((await office.inject({ url: '/api/openapi.json' })).json(), (method, path) => {
      const url = path.replace(/\{([^}]+)\}/g, ':$1')
      const route = office.app.routeAccess.find((one) => one.method === method && one.url === url)
      return route === undefined || route.roles === 'public' ? [] : route.roles
    })
    const failures: Failure[] = []
    const succeeded = new Set<Operation>()
    let done = 0
    for (let i = 0; i < calls; i++) {
      if (i % FURNISH_EVERY === 0) await furnish(office)
      const operation = pick(random, operations)
      if (SLOW.test(`${operation.method} ${operation.path}`) && random() < 0.9) continue
      const isPlausible = random() < 0.5
      const call = callOf(office, operation, choiceOf(office, random, isPlausible ? 0 : ODD_SHARE))
      const allowed =
        isPlausible || random() < 0.7 ? PEOPLE.filter((one) => operation.roles.includes(ROLE_OF[one])) : []
      const person = pick(random, allowed.length > 0 ? allowed : PEOPLE)
      logged.length = 0
      const response = await as(office, person, call)
      if (response.statusCode >= 500)
        failures.push({
          person,
          method: call.method,
          url: call.url,
          body: call.payload ?? null,
          status: response.statusCode,
          answer: response.body.slice(0, 300),
          log: logged.join('').slice(0, 1500),
        })
      else if (response.statusCode < 300) {
        done++
        succeeded.add(operation)
      }
    }
    return { calls, operations: operations.length, succeeded: succeeded.size, done, failures }
  } finally {
    await office.close()
  }
}

/** Some targets in different states and some records beside them, so that numbers from 1 to 8 mean something. */
async function furnish(office: Office): Promise<void> {
  for (let i = 0; i < 3; i++) office.addTarget()
  const id = await office.signedTarget()
  await office.signedTarget({
    kind: 'milestone',
    op: null,
    value: null,
    unit: null,
    measure: null,
    baselineValue: null,
  })
  const fields = { value: 55, done: null, asOf: '2026-06-01', note: null, correctsId: null }
  const { record } = await office.done('reporter', id, 'draft', fields)
  await office.done('reporter', id, 'submit', { reportId: record!.id, confirm: [] })
  await office.done('supervisor', id, 'issue-order', { color: 'blue', text: '请办理', dueOn: '2026-07-10' })
  await office.done('supervisor', id, 'raise-problem', { text: '问题一', dueOn: '2026-07-10' })
}

/** The calls end the session of a person now and then (disabled, another role): another one is tried then. */
async function as(office: Office, person: (typeof PEOPLE)[number], call: Call) {
  try {
    return await office.injectAs(person, call as never)
  } catch {
    return office.inject(call as never)
  }
}

interface Call {
  method: HTTPMethods
  url: string
  payload?: object
}

/** The table that a number in this field or behind this part of a path counts; targets unless told. */
const TABLES: [RegExp, SQLiteTable][] = [
  [/^unit|successor/i, units],
  [/^user/i, users],
  [/^report|corrects/i, reports],
  [/^order/i, orders],
  [/^problem/i, problems],
  [/^request/i, changeRequests],
  [/^document/i, documents],
]

function choiceOf({ db }: Office, random: Random, odd: number): Choice {
  const ids = (field: string) => {
    const table = (TABLES.find(([name]) => name.test(field))?.[1] ?? targets) as typeof targets
    return db
      .select({ id: table.id })
      .from(table)
      .all()
      .map(({ id }) => id)
  }
  return { random, odd, ids }
}

/** Targets in a state in which a step may be taken; all where it is none. */
function targetsFor({ db }: Office, step: string): number[] {
  const from = STEPS[step as Step]?.from
  return db
    .select({ id: targets.id })
    .from(targets)
    .where(from && inArray(targets.state, [...from]))
    .all()
    .map(({ id }) => id)
}

function callOf(office: Office, { method, path, parameters, body }: Operation, choice: Choice): Call {
  const { random, odd } = choice
  const [, area = '', step = ''] = /^(?:\/api)?\/([\w-]+)(?:\/\{id\}\/steps\/([\w-]+))?/.exec(path) ?? []
  const candidates = step === '' ? choice.ids(area) : targetsFor(office, step)
  const id = candidates.length > 0 ? pick(random, candidates) : 1
  const inPath = () => (odd > 0 && random() < 0.2 ? pick(random, ODD_IDS) : String(id))
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && random() < 0.35)
    .map(({ name, schema }) => {
      const value = valueFor(schema, choice, name)
      return `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(typeof value === 'object' ? JSON.stringify(value) : String(value)))}`
    })
  const url = path.replace(/\{[^}]+\}/g, inPath)
  const prefixed = url.startsWith('/api') ? url : `/api${url}`
  const payload = body === null ? undefined : valueFor(body, choice)
  if (odd === 0 && area === 'targets' && payload !== null && typeof payload === 'object' && 'version' in payload)
    payload.version = office.db.select().from(targets).where(eq(targets.id, id)).get()?.version ?? 1
  return {
    method,
    url: query.length > 0 ? `${prefixed}?${query.join('&')}` : prefixed,
    ...(payload !== null && typeof payload === 'object' ? { payload } : {}),
  }
}

/** encodeURIComponent throws at half a character. */
const wellFormed = (text: string) => text.replace(/[\uD800-\uDFFF]/g, '')

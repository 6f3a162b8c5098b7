import { pick, type Random } from './random.ts'

/** Values by a JSON schema, mostly right and now and then not, as somebody sends them who tries what happens. */

export interface JsonSchema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  $ref?: string
}

/** How values are chosen. */
export interface Choice {
  random: Random
  /** Share of values that are not what the schema asks for, 0 to 1; with 0 all of them might have been typed by people. */
  odd: number
  /** Numbers of the records that a field may name. */
  ids: (field: string) => readonly number[]
}

export const ODD_IDS = [
  'abc',
  '1.5',
  '__proto__',
  '0',
  '-1',
  '9007199254740993',
  '1e400',
  'NaN',
  '%00',
  '%F0%9F%92%A9',
  '1%0A2',
  "1'--",
  '999999',
  'constructor',
]

const ODD_TEXTS = [
  '',
  ' ',
  'a\u0000b',
  '\u202Egpj.exe',
  '='.repeat(300),
  '长'.repeat(5_000),
  '\uD800',
  "'; DROP TABLE targets; --",
  '__proto__',
  '<img src=x onerror=alert(1)>',
  '%',
  '"',
  '\n',
  'NEAR(a b',
  '*',
  '2026-02-30',
  '2026-06-30',
]
const ODD_NUMBERS = [0, -1, 1.5, 1e15, 1e16, 1e300, -1e300, 2 ** 53, 2 ** 31, 999_999, 5e-324]
const DAYS = ['2026-06-30', '2026-12-31', '2026-06-01', '2026-06-15', '2027-06-30']
const ODD_DAYS = ['2025-01-31', '1900-01-01', '9999-12-31', '2026-02-30']
const ODD = [null, true, [], {}, 'text', 1, [[]], [null], { __proto__x: 1 }]

const isOdd = ({ random, odd }: Choice) => random() < odd

/** Numbers of records: of those there are, of some there are not. */
const recordNumber = (choice: Choice, name: string) => {
  const known = choice.ids(name)
  return known.length === 0 || (choice.odd > 0 && choice.random() < 0.25)
    ? pick(choice.random, [0, -1, 999_999, 2 ** 40])
    : pick(choice.random, known)
}

/** One value for a field. `name` helps to hit what exists: ids and versions are small numbers, dates are near. */
export function valueFor(schema: JsonSchema, choice: Choice, name = '', depth = 0): unknown {
  const { random } = choice
  if (isOdd(choice)) return pick(random, [...ODD, ...ODD_TEXTS, ...ODD_NUMBERS])
  const kinds = schema.anyOf ?? schema.oneOf
  if (kinds) return valueFor(pick(random, kinds), choice, name, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return pick(random, schema.enum)
  const type = Array.isArray(schema.type) ? pick(random, schema.type) : schema.type
  switch (type) {
    case 'null':
      return null
    case 'boolean':
      return random() < 0.5
    case 'integer':
    case 'number':
      return numberFor(schema, choice, name, type === 'integer')
    case 'array': {
      const n = Math.min(schema.maxItems ?? 3, Math.max(schema.minItems ?? 0, Math.floor(random() * 4)))
      return Array.from({ length: n }, () => valueFor(schema.items ?? {}, choice, name, depth + 1))
    }
    case 'object':
      return objectFor(schema, choice, depth)
    case 'string':
      return textFor(schema, choice, name)
    default:
      return pick(random, [...ODD, ...ODD_TEXTS])
  }
}

function numberFor(schema: JsonSchema, choice: Choice, name: string, whole: boolean): number {
  const { random, odd } = choice
  if (/version$/i.test(name)) return 1 + Math.floor(random() * 4)
  if (/(?:^i|I)ds?$/.test(name)) return recordNumber(choice, name)
  if (odd > 0 && random() < 0.1) return pick(random, ODD_NUMBERS)
  const from = Math.max(schema.minimum ?? 0, -1e9)
  const to = Math.min(schema.maximum ?? from + 200, 1e9)
  const value = from + random() * (to - from)
  return whole ? Math.round(value) : value
}

function textFor(schema: JsonSchema, { random, odd }: Choice, name: string): string {
  if (schema.format === 'date' || /On$|asOf|^from$|^to$|since/.test(name))
    return pick(random, odd > 0 ? [...DAYS, ...ODD_DAYS] : DAYS)
  if (odd > 0 && random() < 0.15) return pick(random, ODD_TEXTS)
  const text = pick(random, [
    '甲局',
    '乙局',
    '森林覆盖率',
    '2026-06',
    '2026-Q2',
    'zhang.san',
    '请尽快办理',
    '政办发〔2026〕3号',
    'a@b.cn',
  ])
  return text.padEnd(schema.minLength ?? 0, '字').slice(0, Math.max(schema.maxLength ?? 200, 1))
}

function objectFor(schema: JsonSchema, choice: Choice, depth: number): Record<string, unknown> {
  const { random, odd } = choice
  const value: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(name) || random() < 0.4) value[name] = valueFor(field, choice, name, depth + 1)
  if (odd === 0) return value
  if (schema.required && random() < 0.02) delete value[pick(random, schema.required)]
  if (random() < 0.03) value[pick(random, ['__proto__x', 'constructor', 'toString', 'extra'])] = pick(random, ODD)
  return value
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import {
  type SeedFile,
  type SeedOwnInstruction,
  type SeedPerson,
  type SeedSource,
  type SeedTrack,
  type SeedUnit,
  seedFiles,
  seedOwnInstructions,
  seedPeople,
  seedSources,
  seedTracks,
  seedUnits,
} from './schema.ts'

/** Folder of this module: the demo's data stands beside it. */
export const SEEDS_DIR = fileURLToPath(new URL('.', import.meta.url))

/** Everything of the demo but the documents' own bytes, checked. */
export interface Seeds {
  units: SeedUnit[]
  password: string
  people: SeedPerson[]
  files: SeedFile[]
  tracks: SeedTrack[]
  sources: SeedSource[]
  instructions: SeedOwnInstruction[]
}

/** The demo's data are broken: the message names the file and the field. */
export class SeedError extends Error {
  override name = 'SeedError'
}

function read<T extends z.ZodType>(path: string, schema: T): z.infer<T> {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new SeedError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new SeedError(`${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit the schema'}`)
}

/**
 * Reads units, people, files and tracks from `dir` and checks that every name they use is known.
 * Reads only; opens no database.
 * @throws {SeedError} naming the file and the field.
 */
export function loadSeeds(dir: string = SEEDS_DIR): Seeds {
  const units = read(join(dir, 'units.json'), seedUnits)
  const { password, people } = read(join(dir, 'people.json'), seedPeople)
  const files = read(join(dir, 'files.json'), seedFiles)
  const sources = read(join(dir, 'items.json'), seedSources)
  const instructions = read(join(dir, 'instructions.json'), seedOwnInstructions)
  const results = join(dir, 'results')
  const tracks = readdirSync(results)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => read(join(results, name), seedTracks))
  const seeds = { units, password, people, files, tracks, sources, instructions }
  check(dir, seeds)
  return seeds
}

function check(dir: string, { units, people, files, tracks, sources, instructions }: Seeds): void {
  const unitNames = new Set(units.map((u) => u.name))
  const userNames = new Set(people.map((p) => p.username))
  const numbers = new Set(files.flatMap((f) => f.documents.map((d) => d.number)))
  const known = (set: Set<string>, name: string | null, where: string) => {
    if (name !== null && !set.has(name)) throw new SeedError(`${where}: ${name} is not known`)
  }
  for (const u of units) {
    known(unitNames, u.parent, `units.json: ${u.name}.parent`)
    known(userNames, u.leader ?? null, `units.json: ${u.name}.leader`)
    known(unitNames, u.successor, `units.json: ${u.name}.successor`)
  }
  for (const p of people) known(unitNames, p.unit, `people.json: ${p.username}.unit`)
  for (const f of files) {
    known(userNames, f.importedBy, `files.json: ${f.file}.importedBy`)
    if (!existsSync(join(dir, 'documents', f.file))) throw new SeedError(`files.json: documents/${f.file} is missing`)
  }
  for (const source of sources) {
    const where = `items.json: ${source.title}`
    known(userNames, source.by, where)
    for (const { units: named, contactLeader, signed, reports } of source.items) {
      for (const name of [...named.lead, ...named.responsible, ...named.support]) known(unitNames, name, where)
      for (const name of [contactLeader, ...[...signed, ...reports].map(({ by }) => by)]) known(userNames, name, where)
    }
  }
  for (const { leader, units: named, answers, closedBy, text } of instructions) {
    const where = `instructions.json: ${text}`
    for (const name of named) known(unitNames, name, where)
    for (const name of [leader, closedBy, ...answers.map(({ by }) => by)]) known(userNames, name, where)
  }
  for (const track of tracks) {
    const where = `results: ${track.target.document} ${track.target.indicator}`
    known(numbers, track.target.document, where)
    for (const [name, value] of namesOf(track)) known(name === 'unit' ? unitNames : userNames, value, where)
    track.reports.forEach((report, i) => {
      if (report.corrects !== null && report.corrects >= i)
        throw new SeedError(`${where}: report ${i} corrects a later one`)
    })
  }
}

/** Every unit name and user name that a track uses. */
function* namesOf(track: SeedTrack): Generator<['unit' | 'user', string | null]> {
  yield ['user', track.supervisor]
  yield ['user', track.contactLeader]
  yield ['user', track.metBy]
  yield ['user', track.closedBy]
  for (const names of track.units ? [track.units.lead, track.units.responsible, track.units.support] : []) {
    for (const name of names) yield ['unit', name]
  }
  yield ['user', track.manualLight?.by ?? null]
  for (const s of track.signatures) {
    yield ['unit', s.unit]
    yield ['user', s.by]
  }
  for (const p of track.parts) yield ['unit', p.unit]
  for (const r of track.reports) {
    yield ['unit', r.unit]
    yield ['user', r.reporter]
    yield ['user', r.decidedBy]
  }
  for (const r of track.requests) {
    yield ['unit', r.unit]
    yield ['user', r.askedBy]
    yield ['user', r.decidedBy]
  }
  for (const u of track.urges) {
    yield ['unit', u.unit]
    yield ['user', u.sentBy]
  }
  for (const o of track.orders) {
    yield ['unit', o.unit]
    for (const who of [o.issuedBy, o.answeredBy, o.closedBy]) yield ['user', who]
  }
  for (const i of track.instructions) yield ['user', i.leader]
  for (const p of track.problems) {
    yield ['unit', p.unit]
    yield ['user', p.foundBy]
  }
}

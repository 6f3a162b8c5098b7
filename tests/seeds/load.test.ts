import { mkdtempSync, cpSync, readFileSync, writeFileSync, rmSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { unitByName } from '../../seeds/build/results/track.ts'
import { loadSeeds, SEEDS_DIR, SeedError } from '../../seeds/load.ts'
import { unitsOfAdded } from '../../server/demo/added-units.ts'
import { answeringUnits } from '../../db/domain/answering-units.ts'
import { DEMO_TODAY } from '../../seeds/schema.ts'

const seeds = loadSeeds()
const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true }).reduce(
    (sum, e) => sum + (e.isDirectory() ? sizeOf(join(folder, e.name)) : statSync(join(folder, e.name)).size),
    0,
  )

describe('the demo as it is committed', () => {
  it('has the size that the issue asks for', () => {
    expect(seeds.units.filter((u) => u.kind === 'unit' && u.successor === null).length).toBeGreaterThanOrEqual(25)
    expect(seeds.files.length).toBeGreaterThanOrEqual(8)
    expect(new Set(seeds.files.map((f) => f.file.split('.')[1]))).toEqual(new Set(['txt', 'docx', 'pdf']))
    expect(sizeOf(join(SEEDS_DIR, 'results'))).toBeLessThan(1_000_000)
    for (const name of readdirSync(join(SEEDS_DIR, 'documents'))) {
      expect(statSync(join(SEEDS_DIR, 'documents', name)).size, name).toBeLessThan(300_000)
    }
  })

  it('counts no baseline in two units at once', () => {
    const counted = seeds.tracks.map(({ baseline }) => baseline?.unit ?? '')
    expect(counted.filter((unit) => unit.includes('（'))).toEqual([])
  })

  it('has a unit that leads for every target, were it added by hand', () => {
    const without = seeds.tracks
      .filter(({ state }) => state !== 'dropped')
      .filter((track) => unitsOfAdded(track).lead.length === 0)
    expect(without.map(({ target }) => target.indicator)).toEqual([])
    for (const track of seeds.tracks) {
      const { lead, support } = unitsOfAdded(track)
      expect(
        support.filter((unit) => lead.includes(unit)),
        track.target.indicator,
      ).toEqual([])
    }
  })

  it('calls no two units by one name, and gives every predecessor a living successor', () => {
    const names = seeds.units.flatMap((u) => [u.name, u.shortName, ...u.aliases].filter((n) => n !== null))
    expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([])
    const old = seeds.units.filter((u) => u.successor !== null)
    expect(old.length).toBeGreaterThan(5)
    for (const unit of old) {
      expect(unit.archivedOn, unit.name).not.toBeNull()
      expect(seeds.units.find((u) => u.name === unit.successor)?.successor, unit.name).toBeNull()
    }
  })

  it('has every role, and two supervisors since 办结 and 销号 are done by two people', () => {
    const count = (role: string) => seeds.people.filter((p) => p.role === role).length
    expect(count('supervisor')).toBeGreaterThanOrEqual(2)
    expect(count('leader')).toBeGreaterThanOrEqual(1)
    expect(count('admin')).toBe(1)
    expect(new Set(seeds.people.map((p) => p.username)).size).toBe(seeds.people.length)
    for (const p of seeds.people) expect(p.unit !== null, p.username).toBe(p.role === 'reporter')
  })
})

describe('every track', () => {
  const person = (username: string | null) => seeds.people.find((p) => p.username === username)
  it.each(seeds.tracks.map((t) => [`${t.target.document} ${t.target.indicator}`, t] as const))(
    '%s keeps the order of its life',
    (_, t) => {
      const chain = [t.confirmedAt, t.assignedAt, ...t.signatures.map((s) => s.at).sort()].filter((v) => v !== null)
      expect([...chain].sort()).toEqual(chain)
      const end = `${DEMO_TODAY}T16:00:00.000Z`
      for (const r of t.reports) {
        if (r.submittedAt === null) throw new Error('a report that was never sent in')
        for (const { at } of t.signatures) expect(r.submittedAt > at, `${r.asOf} before 签收`).toBe(true)
        expect(r.submittedAt.slice(0, 10) >= r.asOf, `${r.asOf} before its data`).toBe(true)
        if (r.decidedAt) expect(r.decidedAt >= r.submittedAt && r.decidedAt < end).toBe(true)
        expect(r.decidedBy !== null, r.asOf).toBe(r.status === 'approved' || r.status === 'returned')
        if (r.status === 'returned') expect(r.decisionReason).not.toBeNull()
        if (r.source === 'unit') expect(person(r.reporter)?.unit).toBe(r.unit)
        expect(t.target.kind === 'quantity' ? r.value : r.done, r.asOf).not.toBeNull()
        if (t.metAt) expect((r.decidedAt ?? r.submittedAt) < t.metAt, `${r.asOf} after 办结`).toBe(true)
      }
      expect(t.metAt !== null).toBe(t.state === 'met' || t.state === 'closed')
      expect(t.closedAt !== null).toBe(t.state === 'closed')
      if (t.closedAt) {
        expect(t.metAt && t.metAt < t.closedAt && t.closedAt < end).toBe(true)
        expect(t.closedBy).not.toBe(t.metBy)
      }
      for (const r of t.requests.filter((x) => x.kind === 'extension')) {
        expect(
          t.target.deadline && r.askedAt.slice(0, 10) <= t.target.deadline,
          '延期 is asked for before the limit',
        ).toBe(true)
        expect(r.decidedBy === r.askedBy).toBe(false)
      }
      for (const o of t.orders) {
        expect(
          o.issuedAt < end &&
            (!o.answeredAt || o.answeredAt > o.issuedAt) &&
            (!o.closedAt || o.closedAt > (o.answeredAt ?? '')),
        ).toBe(true)
      }
    },
  )

  it('is signed by every unit that answers for it', () => {
    for (const t of seeds.tracks) {
      const written = t.units
      if (!written) continue
      const units = written.lead.map((name) => ({
        unitId: seeds.units.findIndex((u) => u.name === name),
        role: 'lead' as const,
        isGroup: unitByName(seeds.units, name)?.kind === 'group',
        signed: false,
      }))
      const signed = t.signatures.map(({ unit }) => seeds.units.findIndex((u) => u.name === unit))
      const named = [...written.lead, ...written.responsible, ...written.support]
      expect(signed, t.target.indicator).not.toContain(-1)
      for (const { unit } of t.signatures) expect(named, t.target.indicator).toContain(unit)
      for (const { unitId } of answeringUnits(units)) expect(signed, t.target.indicator).toContain(unitId)
    }
  })

  it('numbers the 督办单 without a gap', () => {
    const orders = seeds.tracks.flatMap((t) => t.orders).sort((a, b) => (a.issuedAt < b.issuedAt ? -1 : 1))
    expect(orders.length).toBeGreaterThan(5)
    expect(orders.map((o) => o.number)).toEqual(orders.map((o, i) => `霁政督〔${o.issuedAt.slice(0, 4)}〕${i + 1}号`))
  })
})

describe('a demo that is broken', () => {
  let folder = ''
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const copy = () => {
    folder = mkdtempSync(join(tmpdir(), 'seeds-'))
    cpSync(SEEDS_DIR, folder, { recursive: true })
    return folder
  }
  it('is refused with the file and the field', () => {
    const dir = copy()
    const people = JSON.parse(readFileSync(join(dir, 'people.json'), 'utf8')) as { people: { unit: string | null }[] }
    people.people.at(-1)!.unit = '霁川市不存在局'
    writeFileSync(join(dir, 'people.json'), JSON.stringify(people))
    expect(() => loadSeeds(dir)).toThrow(SeedError)
    expect(() => loadSeeds(dir)).toThrow(/people\.json: .*\.unit: 霁川市不存在局/u)
  })
  it('is refused when it is not JSON, or lacks a field', () => {
    const dir = copy()
    writeFileSync(join(dir, 'units.json'), '[{')
    expect(() => loadSeeds(dir)).toThrow(/units\.json/u)
    writeFileSync(join(dir, 'units.json'), '[{"name":"甲"}]')
    expect(() => loadSeeds(dir)).toThrow(/units\.json: 0\./u)
  })
  it('is refused when a document is missing', () => {
    const dir = copy()
    rmSync(join(dir, 'documents', '2025-education.docx'))
    expect(() => loadSeeds(dir)).toThrow(/2025-education\.docx is missing/u)
  })
})

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  auditLog,
  documents,
  files,
  formerHeads,
  importJobs,
  instructions,
  rereads,
  targets,
} from '../../../../db/schema/index.ts'
import { staleVersions, versionsOf } from '../../../../db/target-versions.ts'
import { extractEach } from '../../../../extractors/extract.ts'
import type { DocumentFindings } from '../../../../extractors/types.ts'
import { verifyAudit } from '../../../../server/audit/verify.ts'
import { importFile } from '../../../../server/documents/import-file.ts'
import type { Extract } from '../../../../server/documents/jobs.ts'
import type { Differences } from '../../../../server/documents/reread/compare.ts'
import { isUnchanged, tellChanges } from '../../../../server/documents/reread/proposal.ts'
import { applyReread, rereadFile } from '../../../../server/documents/reread/run.ts'
import type { RereadChanges } from '../../../../server/documents/schemas.ts'
import { filesDir } from '../../../../server/paths.ts'
import { buildOffice, type Office } from '../../supervision/office.ts'

const BODY = [
  '霁川市人民政府关于印发节水行动方案的通知',
  '霁府发〔2026〕7号',
  '各县（区）人民政府，市政府各部门：',
  '现将《节水行动方案》印发给你们，请认真贯彻执行。',
  '霁川市人民政府',
  '2026年3月5日',
  '节水行动方案',
  '一、主要目标',
  '到2027年，公共机构节水器具普及率达到95%以上。',
  '到2027年，再生水利用率达到25%以上。',
  '到2028年，城市供水管网漏损率控制在8%以内。',
  '2027年底前建成中水回用工程。（责任单位：甲局）',
]
const TEXT = `${BODY.join('\n')}\n`
/** The same words as an older reader left them: lines broken in the middle, indented. */
const BROKEN = TEXT.replaceAll('达到', '达\n到').replaceAll('\n到20', '\n\u3000\u3000到20')

/** Older rules: `change` says what they made of a document. */
const older = (change: (found: DocumentFindings) => DocumentFindings): Extract =>
  function* (text) {
    for (const found of extractEach(text)) yield change(found)
  }
const without =
  (...words: string[]) =>
  (found: DocumentFindings): DocumentFindings => ({
    ...found,
    targets: found.targets.filter((one) => one.kind !== 'quantity' || !words.includes(one.indicator)),
  })

describe('reading a stored file again', () => {
  let office: Office
  let jobs = 0
  beforeEach(async () => {
    office = await buildOffice()
  })
  afterEach(() => office.close())

  const stamp = () => office.actorOf('supervisor')
  function request(purpose: 'import' | 'reread' | 'apply') {
    const jobId = office.db
      .insert(importJobs)
      .values({ purpose, fileName: '节水.txt', size: 1, status: 'queued', createdAt: office.clock.now.toISOString() })
      .returning()
      .get().id
    jobs = jobId
    return {
      jobId,
      purpose,
      fileName: '节水.txt',
      dataDir: office.dataDir,
      stamp: stamp(),
      now: () => office.clock.now,
      moreTime: () => {},
      isWanted: () => true,
    }
  }
  const endOf = (id: number) => office.db.select().from(importJobs).where(eq(importJobs.id, id)).get()!

  /** Imports the text as older rules would have; returns the number of the file. */
  async function imported(text: string, extract: Extract = extractEach): Promise<number> {
    const path = join(office.dataDir, '节水.txt')
    writeFileSync(path, text)
    const result = await importFile(office.db, { ...request('import'), path }, extract, () => {})
    if (result.status !== 'done') throw new Error(JSON.stringify(result))
    return result.fileId
  }
  /** Lets the stored original be read as another text from now on, as a better reader would. */
  function readsNowAs(fileId: number, text: string) {
    const { sha256 } = office.db.select().from(files).where(eq(files.id, fileId)).get()!
    writeFileSync(join(filesDir(office.dataDir), sha256), text)
  }
  async function reread(fileId: number, extract: Extract = extractEach): Promise<RereadChanges> {
    const result = await rereadFile(office.db, { ...request('reread'), fileId }, extract, () => {})
    expect(result.status).toBe('done')
    return office.db.select().from(rereads).get()!.changes as RereadChanges
  }
  const confirm = async (fileId: number, digest = office.db.select().from(rereads).get()!.digest) => {
    office.clock.advance(60)
    return applyReread(office.db, { ...request('apply'), fileId, digest }, () => {})
  }
  const rows = (fileId: number) =>
    office.db
      .select({ target: targets })
      .from(targets)
      .innerJoin(documents, eq(documents.id, targets.documentId))
      .where(eq(documents.fileId, fileId))
      .orderBy(asc(targets.start), asc(targets.id))
      .all()
      .map(({ target }) => target)
  const called = (fileId: number, indicator: string) => rows(fileId).find((one) => one.indicator === indicator)!
  const textOf = (fileId: number) => office.db.select().from(files).where(eq(files.id, fileId)).get()!.rawText
  /** What a target's words are in the stored text. */
  const wordsOf = (fileId: number, { start, end }: { start: number; end: number }) =>
    textOf(fileId).slice(start, end).replace(/\s/g, '')
  const whole = async () => {
    expect(staleVersions(office.db)).toEqual([])
    expect(office.db.$client.pragma('foreign_key_check')).toEqual([])
    for (const index of ['targets_fts', 'documents_fts', 'target_units_fts'])
      office.db.$client.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
    expect(await verifyAudit(office.db.$client)).toMatchObject({ faults: [] })
  }

  it('shows what would change and touches nothing before it is confirmed', async () => {
    const fileId = await imported(
      TEXT,
      older((found) => ({
        ...without('再生水利用率')(found),
        targets: without('再生水利用率')(found).targets.map((one) =>
          one.kind === 'quantity' && one.value === 8 ? { ...one, op: '>=' as const } : one,
        ),
      })),
    )
    const before = rows(fileId)
    const changes = await reread(fileId)
    expect(changes).toMatchObject({
      textChanged: false,
      changed: { count: 1, items: [{ fields: [{ field: 'op', before: '>=', after: '<=' }] }] },
      added: { count: 1, items: [{ indicator: '再生水利用率', words: '不低于 25%', deadline: '2027-12-31' }] },
      removed: { count: 0 },
      kept: 0,
      documents: { added: [], removed: [], heads: [] },
    })
    expect(rows(fileId)).toEqual(before)

    expect(await confirm(fileId)).toMatchObject({ status: 'done' })
    expect(rows(fileId)).toHaveLength(before.length + 1)
    expect(called(fileId, '再生水利用率')).toMatchObject({ state: 'extracted', value: 25, startOn: '2026-03-05' })
    const mended = rows(fileId).find(({ value }) => value === 8)!
    expect(mended).toMatchObject({ id: before.find(({ value }) => value === 8)!.id, op: '<=', version: 2 })
    expect(versionsOf(office.db, mended.id).map(({ step }) => step)).toEqual(['import', 'reread'])
    expect(office.db.select().from(rereads).all()).toEqual([])
    expect(office.db.select().from(auditLog).all().at(-1)).toMatchObject({
      action: 'file.reread',
      after: { added: 1, changed: 1, removed: 0, kept: 0 },
    })
    await whole()
  })

  it('keeps all that was decided, tied to its clause in the new text, and replaces the rest', async () => {
    const invented = older((found) => ({
      ...found,
      targets: found.targets.flatMap((one) =>
        one.kind === 'quantity' && one.value === 95
          ? [one, { ...one, indicator: '读错的指标', start: one.start, end: one.end }]
          : [one],
      ),
    }))
    const fileId = await imported(BROKEN, invented)
    const accepted = called(fileId, '公共机构节水器具普及率').id
    const dropped = called(fileId, '再生水利用率').id
    const mendedId = rows(fileId).find(({ value }) => value === 8)!.id
    const wrong = called(fileId, '读错的指标').id
    await office.done('supervisor', accepted, 'accept')
    await office.done('supervisor', accepted, 'assign', { units: [{ role: 'lead', name: '甲局' }] })
    await office.done('supervisor', dropped, 'drop', { reason: '不是本市的目标' })
    await office.done('supervisor', mendedId, 'mend', { indicator: '管网漏损率' })
    const kept = [accepted, dropped, mendedId].map((id) => ({ ...office.target(id) }))

    readsNowAs(fileId, TEXT)
    const changes = await reread(fileId)
    expect(changes).toMatchObject({
      textChanged: true,
      kept: 3,
      added: { count: 0 },
      removed: { count: 1, items: [{ id: wrong, indicator: '读错的指标' }] },
      lost: { count: 0 },
    })
    expect(await confirm(fileId)).toMatchObject({ status: 'done' })
    expect(textOf(fileId)).toBe(TEXT)
    for (const was of kept) {
      const { start, end, clauseStart, clauseEnd, evidence, extracted, ...is } = office.target(was.id)
      expect(is).toEqual(Object.fromEntries(Object.keys(is).map((key) => [key, was[key as keyof typeof was]])))
      expect(wordsOf(fileId, { start, end })).toBe(BROKEN.slice(was.start, was.end).replace(/\s/g, ''))
      expect(TEXT.slice(clauseStart, clauseEnd)).toBe(evidence)
      expect(extracted).toMatchObject({ start, end, clauseStart, clauseEnd })
      expect(versionsOf(office.db, was.id).map(({ step }) => step)).not.toContain('reread')
    }
    expect(office.target(wrong)).toBeUndefined()
    const search = await office.get('supervisor', `/api/documents?q=${encodeURIComponent('再生水利用率达到25%')}`)
    expect(search.json().items).toHaveLength(1)
    await whole()
  })

  it.each([
    ['a target that is added by hand', 'kept'],
    ['a candidate with an instruction', 'kept'],
    ['a candidate that was accepted and taken back', 'removed'],
    ['a candidate that another was merged into', 'kept'],
  ])('%s is %s though no rule finds it', async (name, what) => {
    const fileId = await imported(TEXT)
    const id = called(fileId, '再生水利用率').id
    if (name.includes('by hand')) {
      const { documentId } = office.target(id)
      const start = TEXT.indexOf('印发给你们')
      const body = { documentId, start, end: start + 5, kind: 'duty', indicator: '印发', units: [] }
      const answer = await office.injectAs('supervisor', { method: 'POST', url: '/api/targets', payload: body })
      expect(answer.statusCode).toBe(201)
    } else if (name.includes('instruction'))
      office.db
        .insert(instructions)
        .values({
          targetId: id,
          leaderId: office.userIds.leader,
          text: '抓紧',
          createdAt: office.clock.now.toISOString(),
        })
        .run()
    else if (name.includes('taken back')) {
      await office.done('supervisor', id, 'accept')
      await office.done('supervisor', id, 'undo')
    } else {
      const other = rows(fileId).find(({ value }) => value === 8)!.id
      await office.done('supervisor', other, 'merge', { intoId: id })
    }
    const rules = name.includes('by hand') ? older(without()) : older(without('再生水利用率'))
    const result = await rereadFile(office.db, { ...request('reread'), fileId }, rules, () => {})
    expect(result.status).toBe('done')
    const changes = office.db.select().from(rereads).get()?.changes as RereadChanges | undefined
    const before = rows(fileId).length
    if (changes) await confirm(fileId)
    expect(changes?.removed.count ?? 0).toBe(what === 'removed' ? 1 : 0)
    expect(rows(fileId)).toHaveLength(what === 'removed' ? before - 1 : before)
    await whole()
  })

  it('what was decided after the changes were shown is not overrun: the changes are shown anew', async () => {
    const fileId = await imported(TEXT)
    const changes = await reread(fileId, older(without('再生水利用率')))
    expect(changes.removed.count).toBe(1)
    const { digest } = office.db.select().from(rereads).get()!
    const id = called(fileId, '再生水利用率').id
    await office.done('supervisor', id, 'accept')
    const before = rows(fileId)
    expect(await confirm(fileId, digest)).toMatchObject({ status: 'failed', errorCode: 'overtaken' })
    expect(rows(fileId)).toEqual(before)
    expect(office.db.select().from(rereads).get()).toMatchObject({ changes: { removed: { count: 0 }, kept: 1 } })
    expect(await confirm(fileId)).toMatchObject({ status: 'done' })
    expect(office.target(id).state).toBe('confirmed')
    await whole()
  })

  it('heads that nobody has set are read anew and go on record; one that the office has set stays', async () => {
    const twice = `${TEXT}${TEXT.replaceAll('节水', '植树').replace('〔2026〕7号', '〔2026〕8号')}`
    const fileId = await imported(
      twice,
      older((found) => ({
        ...found,
        document: {
          ...found.document,
          issuer: '某局',
          issuedOn: found.document.number?.includes('8') ? '2026-03-01' : found.document.issuedOn,
          doubts: { issuer: 'signature' },
        },
      })),
    )
    const [first, second] = office.db.select().from(documents).where(eq(documents.fileId, fileId)).all()
    const set = await office.injectAs('supervisor', {
      method: 'PUT',
      url: `/api/documents/${first!.id}/head`,
      payload: {
        version: 1,
        number: first!.number,
        title: first!.title,
        issuer: '霁川市水利局',
        issuedOn: first!.issuedOn,
      },
    })
    expect(set.statusCode).toBe(200)
    const changes = await reread(fileId)
    expect(changes.documents.heads).toMatchObject([
      { id: first!.id, isSet: true, fields: [{ field: 'issuer', before: '霁川市水利局', after: '霁川市人民政府' }] },
      {
        id: second!.id,
        isSet: false,
        fields: [{ field: 'issuer', before: '某局', after: '霁川市人民政府' }, { field: 'issuedOn' }],
      },
    ])
    const ids = rows(fileId)
      .filter(({ documentId }) => documentId === second!.id)
      .map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(1)
    await confirm(fileId)
    // Whoever has a candidate open must read it again: its first day is another.
    for (const id of ids) {
      expect(office.target(id)).toMatchObject({ startOn: '2026-03-05', version: 2 })
      expect(versionsOf(office.db, id).map(({ step }) => step)).toEqual(['import', 'reread'])
    }
    for (const { documentId, version } of rows(fileId)) if (documentId === first!.id) expect(version).toBe(1)
    const issuers = office.db.select().from(documents).where(eq(documents.fileId, fileId)).all()
    expect(issuers).toMatchObject([
      { issuer: '霁川市水利局', version: 2, headDoubts: null },
      { issuer: '霁川市人民政府', version: 2, headDoubts: null },
    ])
    expect(office.db.select().from(formerHeads).all().at(-1)).toMatchObject({ step: 'reread', issuer: '某局' })
    await whole()
  })

  it('a document that is one now where two were read takes the decided targets of both', async () => {
    const half = TEXT.indexOf('节水行动方案\n一、')
    const torn: Extract = function* (text) {
      for (const { document, targets: found, duties } of extractEach(text)) {
        yield { document: { ...document, end: half }, targets: [], duties: [] }
        yield { document: { ...document, number: null, title: '节水行动方案', start: half }, targets: found, duties }
      }
    }
    const fileId = await imported(TEXT, torn)
    const id = called(fileId, '再生水利用率').id
    await office.done('supervisor', id, 'accept')
    const changes = await reread(fileId)
    expect(changes.documents.removed).toHaveLength(1)
    await confirm(fileId)
    const left = office.db.select().from(documents).where(eq(documents.fileId, fileId)).all()
    expect(left).toHaveLength(1)
    expect(left[0]).toMatchObject({ start: 0, end: TEXT.trimEnd().length })
    expect(new Set(rows(fileId).map(({ documentId }) => documentId))).toEqual(new Set([left[0]!.id]))
    const counted = (await office.get('supervisor', `/api/documents/${left[0]!.id}`)).json()
    expect(counted.unconfirmed).toBe(rows(fileId).length - 1)
    await whole()
  })

  it('says so where nothing would change, and keeps nothing', async () => {
    const fileId = await imported(TEXT)
    const result = await rereadFile(office.db, { ...request('reread'), fileId }, extractEach, () => {})
    expect(result).toMatchObject({ status: 'done', message: expect.stringContaining('不需要更新') })
    expect(office.db.select().from(rereads).all()).toEqual([])
  })

  it('a head that changes is a change, however many that stay as the office set them stand before it', () => {
    const head = [{ field: 'issuer', before: '某局', after: '霁川市人民政府' }]
    const ofOne = (headIsSet: boolean, id: number): Differences['documents']['matched'][number] => {
      const document = { id, number: null, title: '通知', issuer: null, issuedOn: null, start: id, end: id + 1 }
      return {
        stored: { ...document, headIsSet },
        fresh: { document: { ...document, doubts: {} }, targets: [] },
        head,
      }
    }
    const differences = (last: boolean): Differences => ({
      documents: { matched: Array.from({ length: 101 }, (_, i) => ofOne(i < 100 || last, i)), added: [], removed: [] },
      ...{ known: [], added: [], removed: [], kept: [] },
    })
    expect(isUnchanged(tellChanges(differences(true), false))).toBe(true)
    expect(isUnchanged(tellChanges(differences(false), false))).toBe(false)
  })

  it('a failure in the middle leaves everything as it was, and the job tells why', async () => {
    const fileId = await imported(BROKEN, older(without('再生水利用率')))
    readsNowAs(fileId, TEXT)
    await reread(fileId)
    const before = [rows(fileId), textOf(fileId)]
    office.db.$client.exec(
      `CREATE TEMP TRIGGER refused BEFORE INSERT ON targets BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    )
    expect(await confirm(fileId)).toMatchObject({ status: 'failed', errorCode: 'internal' })
    expect(endOf(jobs).message).toContain('《节水.txt》更新时程序出错，没有改动任何内容')
    office.db.$client.exec('DROP TRIGGER refused')
    expect([rows(fileId), textOf(fileId)]).toEqual(before)
    await whole()
    expect(await confirm(fileId)).toMatchObject({ status: 'done' }) // and it can be confirmed again
  })

  it.each(['reread', 'apply'] as const)(
    '%s stores nothing where the server was killed while it wrote',
    async (purpose) => {
      const fileId = await imported(TEXT, older(without('再生水利用率')))
      if (purpose === 'apply') await reread(fileId)
      const stored = () => [rows(fileId), office.db.select().from(rereads).all()]
      const before = stored()
      let isKilled = false
      const isWanted = () => {
        isKilled ||= JSON.stringify(stored()) !== JSON.stringify(before)
        return !isKilled
      }
      const killed = { ...request(purpose), fileId, isWanted }
      await expect(
        purpose === 'apply'
          ? applyReread(office.db, { ...killed, digest: office.db.select().from(rereads).get()!.digest }, () => {})
          : rereadFile(office.db, killed, extractEach, () => {}),
      ).rejects.toThrow('has ended')
      expect(stored()).toEqual(before)
      expect(endOf(jobs).finishedAt).toBeNull()
    },
  )

  it('an original that is missing is told, and the import can still be undone after a reading', async () => {
    const fileId = await imported(TEXT, older(without('再生水利用率')))
    await reread(fileId)
    await confirm(fileId)
    await reread(fileId, older(without('再生水利用率')))
    const undone = await office.injectAs('supervisor', { method: 'DELETE', url: `/api/files/${fileId}` })
    expect(undone.statusCode).toBe(200)
    expect(office.db.select().from(rereads).all()).toEqual([])
    await whole()
    rmSync(filesDir(office.dataDir), { recursive: true, force: true })
    const result = await rereadFile(office.db, { ...request('reread'), fileId: 1 }, extractEach, () => {})
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining('原件') })
  })
})

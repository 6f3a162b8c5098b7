import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachments, bulletins, savedViews, sheetPages, sheets } from '../../../db/schema/index.ts'
import { filesDir } from '../../../server/paths.ts'
import { addInstruction } from '../../../server/supervision/instructions/store.ts'
import type { RouteAccess } from '../../../server/plugins/access.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

/** What a list cannot do without. */
const QUERY: Record<string, string> = {
  '/api/search': `?q=${encodeURIComponent('只归甲局')}`,
  '/api/rankings': '?period=2026-06',
  '/api/calendar/limits': '?from=2026-06-01&to=2026-12-31',
  '/api/files/:id/places': '?start=0&end=1',
}

const BODY: Record<string, object> = { '/api/instructions/:id/answer': { text: '已办' } }

/** Words that stand in records of 甲局 only. */
const SECRET = '只归甲局的指标'

describe('a reporter of another unit', () => {
  let office: Office
  /** Number of a record of 甲局, by the first part of the address. */
  let recordOf: Record<string, number>
  let routes: RouteAccess[]

  beforeAll(async () => {
    office = await buildOffice()
    const id = await office.signedTarget({ indicator: SECRET, evidence: `${SECRET}达到60%以上。` })
    const { record } = await office.done('reporter', id, 'draft', { value: 55, asOf: '2026-06-29', note: SECRET })
    const reportId = record!.id
    await office.done('reporter', id, 'submit', { reportId })
    const order = await office.done('supervisor', id, 'issue-order', {
      color: 'red',
      text: SECRET,
      dueOn: '2026-07-10',
    })
    const attachment = office.db
      .insert(attachments)
      .values({
        targetId: id,
        reportId,
        sha256: 'f'.repeat(64),
        name: `${SECRET}.pdf`,
        mediaType: 'application/pdf',
        size: 1,
        uploadedBy: office.userIds.reporter,
        createdAt: office.clock.now.toISOString(),
      })
      .returning()
      .get()
    // A draft is the office's own until it is issued; then it is for all.
    const bulletin = office.db
      .insert(bulletins)
      .values({
        period: '2026-06',
        title: SECRET,
        content: {},
        status: 'draft',
        createdAt: office.clock.now.toISOString(),
      })
      .returning()
      .get()
    const view = office.db
      .insert(savedViews)
      .values({
        userId: office.userIds.reporter,
        name: SECRET,
        query: '',
        shared: true,
        createdAt: office.clock.now.toISOString(),
      })
      .returning()
      .get()
    mkdirSync(filesDir(office.dataDir), { recursive: true })
    for (const sha256 of ['a', 'f']) writeFileSync(join(filesDir(office.dataDir), sha256.repeat(64)), 'x') // as office.ts and the line above name them
    office.db.insert(sheets).values({ fileId: 1, position: 0, name: SECRET, columns: [], rows: 1, isCut: false }).run()
    office.db.insert(sheetPages).values({ fileId: 1, sheet: 0, page: 1, start: 0, end: 0, rows: [] }).run()
    const instruction = addInstruction(office.db, office.actorOf('leader'), {
      text: SECRET,
      requirement: null,
      dueOn: null,
      unitIds: [office.unitIds.own],
      toOffice: false,
    })
    recordOf = {
      targets: id,
      instructions: instruction.id,
      reports: reportId,
      attachments: attachment.id,
      documents: office.documentId,
      files: 1,
      bulletins: bulletin.id,
      orders: order.record!.id,
      views: view.id,
    }
    routes = office.app.routeAccess.filter(
      ({ method, roles }) => method !== 'HEAD' && roles !== 'public' && roles.includes('reporter'),
    )
  })
  afterAll(() => office.close())

  const entityOf = (url: string) => url.split('/')[2]!
  const call = (person: 'reporter' | 'otherReporter', { method, url }: RouteAccess) =>
    office.injectAs(person, {
      method: method as 'GET',
      url: `${url
        .replace(':id', String(recordOf[entityOf(url)]))
        .replace(':sheet', '0')
        .replace(':page', '1')}${QUERY[url] ?? ''}`,
      ...(method === 'GET' ? {} : { payload: { version: 1, ...BODY[url] } }),
    })

  it('gets 403 or 404 for every record that is not its own', async () => {
    const single = routes.filter(({ url }) => url.includes('/:id'))
    expect(single.length).toBeGreaterThan(10)
    for (const route of single) {
      // A new kind of record has to be made above.
      expect(
        recordOf,
        `${route.method} ${route.url}: this test knows no record of ${entityOf(route.url)}`,
      ).toHaveProperty(entityOf(route.url))
      const response = await call('otherReporter', route)
      expect([403, 404], `${route.method} ${route.url}: ${response.statusCode} ${response.body}`).toContain(
        response.statusCode,
      )
      expect(response.body).not.toContain(SECRET)
    }
  })

  it('while its own unit gets through to each of them', async () => {
    for (const route of routes.filter(
      ({ method, url }) => method === 'GET' && url.includes('/:id') && entityOf(url) !== 'bulletins',
    )) {
      expect((await call('reporter', route)).statusCode, route.url).toBe(200)
    }
  })

  it('finds nothing of it in any list', async () => {
    const lists = routes.filter(({ method, url }) => method === 'GET' && !url.includes(':') && url !== '/api/session')
    let seenByOwner = 0
    for (const route of lists) {
      const own = await call('reporter', route)
      if (own.body.includes(SECRET)) seenByOwner++
      const response = await call('otherReporter', route)
      expect([200, 404], `${route.url}: ${response.body}`).toContain(response.statusCode) // 404: a ranking that has not been published
      expect(response.body, route.url).not.toContain(SECRET)
    }
    expect(seenByOwner).toBeGreaterThan(1) // else this test looks in the wrong places
  })

  it('that has a part in the same document sees of it only what is its own', async () => {
    const id = office.addTarget({ indicator: '只归乙局的指标' }, [{ role: 'lead', name: '乙局' }])
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
    for (const route of routes.filter(({ method, url }) => method === 'GET' && url.startsWith('/api/documents'))) {
      const response = await call('otherReporter', route)
      expect(response.statusCode, route.url).toBe(200)
      expect(response.body, route.url).not.toContain(SECRET)
      if (route.url.endsWith('/findings'))
        expect(response.json().items.map(({ indicator }: { indicator: string }) => indicator)).toEqual([
          '只归乙局的指标',
        ])
    }
  })
})

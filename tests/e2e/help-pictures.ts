import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import type { Role } from '../../db/domain/roles.ts'

/** Where the help takes its pictures from; they are committed. */
export const HELP_PICTURES_DIR = fileURLToPath(new URL('../../web/src/pages/help/pictures', import.meta.url))
/** Most bytes of one: the help is read over the network of a county, too. */
export const MOST_BYTES = 80_000
/** Fewest bytes of one: a page that did not come is white. */
export const LEAST_BYTES = 12_000
/** As the help shows them at a desk and on a phone, where the picture of a desk could not be read. */
export const HELP_SIZES = [
  { ending: '', viewport: { width: 1120, height: 700 }, scale: 1 },
  { ending: '-phone', viewport: { width: 390, height: 640 }, scale: 2 },
] as const
/** Every file of the pictures, without its ending `.webp`. */
export const helpFiles = (names: readonly string[]): string[] =>
  names.flatMap((name) => HELP_SIZES.map(({ ending }) => `${name}${ending}`))

/** The pictures of the help: what is opened as whom; a word in capitals stands for the number of a record. */
export const HELP_PICTURES: readonly { name: string; role: Role; path: string }[] = [
  { name: 'supervisor-today', role: 'supervisor', path: '/today' },
  { name: 'supervisor-documents', role: 'supervisor', path: '/documents' },
  { name: 'supervisor-review', role: 'supervisor', path: '/review' },
  { name: 'supervisor-assign', role: 'supervisor', path: '/assign' },
  { name: 'supervisor-supervision', role: 'supervisor', path: '/supervision' },
  { name: 'supervisor-bulletin', role: 'supervisor', path: '/bulletins/BULLETIN' },
  { name: 'reporter-tasks', role: 'reporter', path: '/tasks' },
  { name: 'reporter-report', role: 'reporter', path: '/targets/REPORT/report' },
  { name: 'reporter-calendar', role: 'reporter', path: '/calendar' },
  { name: 'leader-overview', role: 'leader', path: '/' },
  { name: 'leader-target', role: 'leader', path: '/targets/BEHIND' },
  { name: 'leader-instructions', role: 'leader', path: '/supervision?tab=instructions' },
  { name: 'admin-units', role: 'admin', path: '/system' },
  { name: 'admin-people', role: 'admin', path: '/system?part=people' },
  { name: 'admin-settings', role: 'admin', path: '/system?part=settings' },
]

/** Numbers that stand in the addresses above, asked for in the demo. */
export async function helpPath(context: BrowserContext, path: string): Promise<string> {
  const first = async (url: string, list: (answer: Record<string, unknown>) => unknown) => {
    const answer = (await (await context.request.get(url)).json()) as Record<string, unknown>
    return String((list(answer) as { id: number }[])[0]!.id)
  }
  if (path.includes('BULLETIN'))
    return path.replace('BULLETIN', await first('/api/bulletins?limit=1', ({ items }) => items))
  if (path.includes('REPORT'))
    return path.replace(
      'REPORT',
      await first('/api/targets?scope=tracked&kind=quantity&light=behind,overdue,normal&limit=1', ({ items }) => items),
    )
  if (path === '/assign') await confirmSome(context)
  if (path.includes('BEHIND'))
    return path.replace(
      'BEHIND',
      await first('/api/targets?scope=tracked&kind=quantity&light=behind&limit=1', ({ items }) => items),
    )
  return path
}

/** 立项 of some candidates: nothing waits for 交办 in the demo. */
async function confirmSome(context: BrowserContext): Promise<void> {
  const answer = await context.request.get('/api/targets?state=extracted&scope=all&sort=document&limit=8')
  const { items } = (await answer.json()) as { items: { id: number; version: number }[] }
  await context.request.post('/api/targets/steps/accept', {
    data: { items: items.map(({ id, version }) => ({ id, version })) },
    headers: { 'x-requested-with': 'zhengbiao' },
  })
}

/** Quality of the pictures, the best first: the first that keeps one small is taken. */
const QUALITIES = [82, 70, 55, 40]

/**
 * Takes the picture of an open page as webp, which playwright's own call cannot.
 * @param scale pixels of the picture to one of the page: phones have finer ones
 * @throws {Error} where the page did not come: a person would be shown a fault
 */
export async function takeHelpPicture(page: Page, name: string, scale: number): Promise<void> {
  if ((await page.locator('h1').count()) === 0 || (await page.locator('[role=alert], .skeleton').count()) > 0)
    throw new Error(`${name}: ${page.url()} did not come`)
  const session = await page.context().newCDPSession(page)
  const clip = { x: 0, y: 0, ...page.viewportSize()!, scale }
  for (const quality of QUALITIES) {
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip })
    const bytes = Buffer.from(data, 'base64')
    if (bytes.length > MOST_BYTES) continue
    writeFileSync(`${HELP_PICTURES_DIR}/${name}.webp`, bytes)
    return
  }
  throw new Error(`${name} is larger than ${MOST_BYTES} bytes however it is taken`)
}

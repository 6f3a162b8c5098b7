import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A dialog that still fades in has pale words: what moves is let come to rest, but for what moves without end. */
const SETTLE = `(async () => {
  const frame = () => new Promise((next) => requestAnimationFrame(next))
  const moving = () => document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity)
  await frame()
  await frame()
  const end = performance.now() + 20_000
  while (moving().length > 0 && performance.now() < end) await frame()
})()`

/**
 * The names of axe's rules that run unless told and whose findings are serious or worse: how bad a finding is belongs to its
 * rule. What the others would find nobody asks for, and they take a third of the time.
 */
const SERIOUS = `axe._audit.rules
  .filter(({ enabled, impact, tags }) => enabled && ['serious', 'critical'].includes(impact) && !tags.some((tag) => axe._audit.tagExclude.includes(tag)))
  .map(({ id }) => id)`

/** What axe finds on the page that is serious or worse, as `rule: where`. */
export const seriousFaults = (page: Page): Promise<string[]> => faults(page, SERIOUS)

/** The same, and in the dark, where nothing but the colours is another: no need to open the page a second time. */
export async function faultsInBothModes(page: Page): Promise<string[]> {
  const light = await seriousFaults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html.dark').waitFor()
  const dark = await faults(page, '["color-contrast", "link-in-text-block"]')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html:not(.dark)').waitFor()
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}

/** @param rules their names, as JavaScript that the page evaluates */
async function faults(page: Page, rules: string): Promise<string[]> {
  // The page's own rules allow no script from elsewhere; the debugger's evaluation is not bound by them.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
  await page.evaluate(SETTLE)
  const result = (await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"], runOnly: ${rules} })`,
  )) as AxeResult
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map((node) => `${String(node.target[0])} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`)
          .join(' | ')}`,
    )
}

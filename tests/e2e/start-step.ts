import type { Locator, Page } from 'playwright-core'

/**
 * Opens the form of a step on the page of a target: by its own button where the deed is one of every day, else through
 * 更多办理. @returns the form's dialog, once it is there
 */
export async function startStep(page: Page, step: string): Promise<Locator> {
  const bar = page.getByRole('region', { name: '办理', exact: true })
  await bar.getByRole('button').first().waitFor()
  const button = bar.getByRole('button', { name: step, exact: true })
  if ((await button.count()) > 0) await button.click()
  else {
    await bar.getByRole('button', { name: '更多办理' }).click()
    await page.getByRole('dialog', { name: '更多办理' }).getByRole('button', { name: step, exact: true }).click()
  }
  const dialog = page.getByRole('dialog', { name: step, exact: true })
  await dialog.waitFor()
  return dialog
}

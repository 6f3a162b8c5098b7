import type { Page, Route } from 'playwright-core'

/**
 * Stands between a page and the server. To be put up before the page is opened ({@link BrowserApp.open}'s `prepare`):
 * Chromium takes a moment to lead the requests of a page that is already there through it, and those get by unseen.
 */
export class Gate {
  private held: RegExp | null = null
  private lost: RegExp | null = null
  private waiting: (() => void)[] = []

  async putUp(page: Page): Promise<void> {
    await page.route(/\/api\//, (route) => this.pass(route))
  }

  /** Requests to these addresses wait until {@link release}. */
  hold(addresses: RegExp): void {
    this.held = addresses
  }

  release(): void {
    this.held = null
    for (const go of this.waiting.splice(0)) go()
  }

  /** Requests to these addresses do not reach the server until {@link mend}. */
  cut(addresses: RegExp): void {
    this.lost = addresses
  }

  mend(): void {
    this.lost = null
  }

  private async pass(route: Route): Promise<void> {
    const url = route.request().url()
    if (this.held?.test(url))
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve)
      })
    if (this.lost?.test(url)) await route.abort()
    else await route.continue()
  }
}

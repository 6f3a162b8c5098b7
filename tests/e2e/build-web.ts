import { buildWebIfNeeded } from '../../server/demo/web.ts'
import { findChromium } from './chromium.ts'

/** Before the tests of the pages: builds the pages, unless they have been since their sources changed. */
export default function setup(): void {
  if (findChromium()) buildWebIfNeeded(console.log)
}

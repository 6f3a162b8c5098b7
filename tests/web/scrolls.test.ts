import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const WEB = join(import.meta.dirname, '../../web/src')
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:vue|css)$/.test(name))

/** Rules of one source that say how high a list may be and let what is more scroll within it. */
const boundedScrollers = (source: string): string[] =>
  [...source.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector, body]) =>
    /max-height: (?!none)/.test(body!) && /overflow(?:-y)?: auto/.test(body!) ? [selector!.trim()] : [],
  )

describe('a list that scrolls within itself', () => {
  it('shows that there is more, by the class that does it for all of them', () => {
    expect(boundedScrollers('.a { max-height: 40vh; overflow: auto; }')).toEqual(['.a']) // what is looked for is found
    expect(sources.length).toBeGreaterThan(100)
    const without = sources.flatMap((name) =>
      boundedScrollers(readFileSync(join(WEB, name), 'utf8')).map((selector) => `${name}: ${selector}`),
    )
    expect(without).toEqual([])
  })
})

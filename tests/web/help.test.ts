import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../../db/domain/roles.ts'
import { COMMON } from '../../web/src/pages/help/common.ts'
import { adminHelp } from '../../web/src/pages/help/roles/admin.ts'
import { leaderHelp } from '../../web/src/pages/help/roles/leader.ts'
import { reporterHelp } from '../../web/src/pages/help/roles/reporter.ts'
import { supervisorHelp } from '../../web/src/pages/help/roles/supervisor.ts'
import { HELP_PICTURES, HELP_PICTURES_DIR, helpFiles, LEAST_BYTES, MOST_BYTES } from '../e2e/help-pictures.ts'

const PAGES = { supervisor: supervisorHelp, reporter: reporterHelp, leader: leaderHelp, admin: adminHelp }
const files = readdirSync(HELP_PICTURES_DIR).filter((name) => name.endsWith('.webp'))
const shown = ROLES.flatMap((role) => PAGES[role].sections.flatMap(({ picture }) => (picture ? [picture.name] : [])))

describe('the pictures of the help', () => {
  it('are those that its pages show, and those that `npm run screens` makes', () => {
    expect(files.map((name) => name.replace('.webp', '')).sort()).toEqual(helpFiles(shown).sort())
    expect(HELP_PICTURES.map(({ name }) => name).sort()).toEqual([...shown].sort())
  })

  it('are small, and pictures of a page that came', () => {
    for (const name of files) {
      const { size } = statSync(join(HELP_PICTURES_DIR, name))
      expect(size, name).toBeLessThanOrEqual(MOST_BYTES)
      expect(size, name).toBeGreaterThanOrEqual(LEAST_BYTES)
      expect(readFileSync(join(HELP_PICTURES_DIR, name)).subarray(8, 12).toString(), name).toBe('WEBP')
    }
  })
})

describe('the pages of the help', () => {
  it.each(ROLES)('of %s name each place once', (role) => {
    const ids = [...PAGES[role].sections, ...COMMON].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(ROLES)('of %s lead to pages that the role has', (role) => {
    const router = readFileSync(new URL('../../web/src/router/index.ts', import.meta.url), 'utf8')
    for (const { to } of PAGES[role].sections) {
      if (to === undefined) continue
      const path = to.split('?')[0]!
      const entry = router.split(/\n {2}\{/).find((one) => one.includes(`path: '${path}'`))
      expect(entry, to).toBeDefined()
      const roles = /roles: \[([^\]]*)\]/.exec(entry!)?.[1]
      if (roles !== undefined) expect(roles, to).toContain(`'${role}'`)
    }
  })
})

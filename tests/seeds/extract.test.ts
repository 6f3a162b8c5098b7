import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { extract } from '../../extractors/extract.ts'
import { loadSeeds, SEEDS_DIR } from '../../seeds/load.ts'
import { type MatchCandidate, matchTargets } from '../../seeds/match.ts'
import { readDocument } from '../../server/readers/index.ts'

const seeds = loadSeeds()
const candidates: MatchCandidate[] = []

describe.each(seeds.files.map((f) => [f.file, f] as const))('%s, uploaded', (fileName, file) => {
  it('is read as the documents that files.json names', async () => {
    const { text } = await readDocument({ bytes: readFileSync(join(SEEDS_DIR, 'documents', fileName)), fileName })
    const found = extract(text)
    expect(found.documents.map(({ number, title, issuer, issuedOn }) => ({ number, title, issuer, issuedOn }))).toEqual(
      file.documents,
    )
    for (const t of found.targets) {
      const named =
        t.kind === 'quantity'
          ? { indicator: t.indicator, value: Array.isArray(t.value) ? t.value[0] : t.value }
          : { indicator: t.task, value: null }
      candidates.push({ document: t.document, kind: t.kind, deadline: t.deadline, ...named })
    }
    for (const d of found.duties)
      candidates.push({ document: d.document, kind: 'duty', indicator: d.clause, deadline: d.deadline, value: null })
  })
})

describe('the tracks', () => {
  it('find their targets in what the extraction finds, nine of ten at least', () => {
    const missed = matchTargets(
      seeds.tracks.map((t) => t.target),
      candidates,
    ).flatMap((found, i) => (found === null ? [seeds.tracks[i]?.target.indicator] : []))
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(seeds.tracks.length / 10)
  })
})

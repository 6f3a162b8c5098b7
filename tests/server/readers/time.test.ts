import { expect, test } from 'vitest'
import { readingLimits } from '../../../server/core/reading-limits.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { pdf, wordParagraph, wordParts, zip } from './files.ts'

const MEGABYTE = 1024 * 1024

/** Seconds that reading a file asks for beside those that it has by its size. */
async function asked(bytes: Buffer, fileName: string): Promise<number> {
  let seconds = 0
  await readDocument({ bytes, fileName, moreTime: (more) => (seconds += more) })
  return seconds
}

const word = (paragraphs: number) => zip(wordParts(wordParagraph('全面落实各项工作。'.repeat(100)).repeat(paragraphs)))

test('a file has time by what it unpacks to, never more than the largest file that is not packed', async () => {
  const [small, large] = [word(100), word(3_000)]
  expect(large.length).toBeLessThan(MEGABYTE)
  expect(await asked(small, '短.docx')).toBe(0)
  // Nearly eight megabytes of markup.
  const seconds = await asked(large, '长.docx')
  expect(seconds).toBeGreaterThan(3.5)
  expect(seconds).toBeLessThan(6)
  expect(readingLimits(50 * MEGABYTE).seconds).toBeCloseTo(60)
  expect(
    await asked(
      pdf([
        'BT /F 12 Tf 72 700 Td (words that are not packed, and more of them, so that the page is none of a scan) Tj ET',
      ]),
      '文.pdf',
    ),
  ).toBe(0)
})

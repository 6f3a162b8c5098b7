import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GoldItem } from './types.ts'

/** A folder of texts with a folder of annotations: `NAME.jsonl` belongs to `NAME.txt`. */
export interface Corpus {
  texts: string
  gold: string
}

export interface AnnotatedText {
  name: string
  raw: string
  gold: GoldItem[]
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The documents written for this project, with their annotations. */
export const DEMO: Corpus = { texts: join(ROOT, 'seeds', 'documents'), gold: join(ROOT, 'seeds', 'gold') }

/**
 * The corpus that stands outside the repository: `CORPUS_DIR`, or `../shared` beside the repository.
 * It holds `seeds/` and `gold/`, and the scorer it came with in `score/score.mjs`.
 * @returns its folder, or null where there is none.
 */
export function corpusFolder(): string | null {
  const folder = process.env['CORPUS_DIR'] ?? join(ROOT, '..', 'shared')
  return existsSync(join(folder, 'seeds')) && existsSync(join(folder, 'gold')) ? folder : null
}

export const corpusIn = (folder: string): Corpus => ({ texts: join(folder, 'seeds'), gold: join(folder, 'gold') })

/**
 * Reads every annotated text, in the order of the names.
 * @throws Error naming the annotation that has no text, or the line that is not JSON.
 */
export function readCorpus({ texts, gold }: Corpus): AnnotatedText[] {
  return readdirSync(gold)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.jsonl'.length)
      const path = join(texts, `${name}.txt`)
      if (!existsSync(path)) throw new Error(`${join(gold, file)} annotates ${path}, which is missing`)
      return { name, raw: readFileSync(path, 'utf8'), gold: readGold(join(gold, file)) }
    })
}

function readGold(path: string): GoldItem[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line === '') return []
      try {
        return [JSON.parse(line) as GoldItem]
      } catch {
        throw new Error(`${path}:${i + 1} is not JSON: annotations are one object a line`)
      }
    })
}

import { KNOWN_WORDS } from './known-words.ts'
import type { ReadCharacter } from './read-line.ts'
import type { RecognisedLine } from './recognised-line.ts'

/** A tree of words, letter by letter. */
interface Branch {
  next: Map<string, Branch>
  /** Whether a word ends here. */
  ends: boolean
}

/**
 * How likely another letter has to be, as a share of what was read, where it makes a word of so many letters: the longer the word,
 * the more of it was read as it stands.
 */
const LEAST_LIKELY: Readonly<Record<number, number>> = { 2: 0.12, 3: 0.02, 4: 0.004 }
const LONGEST_STEP = 4
/** A letter that was read with more confidence stays what it is. */
const SURE = 0.97

let tree: Branch | null = null

/**
 * A line in which doubtful letters that make no word as they were read are others that the model thought of, where these make one
 * with those beside them: 消防教援站 → 消防救援站. Letters of words that were read as they are stay;
 * letters of words are no longer in doubt.
 */
export function withLikelyWords<T extends Pick<RecognisedLine, 'characters' | 'text'>>(read: T): T {
  if (!read.characters.some((one) => isDoubtful(one))) return read
  tree ??= treeOf(KNOWN_WORDS)
  const line = [...read.characters]
  const covered = new Uint8Array(line.length)
  for (let at = 0; at < line.length; at++) {
    const length = longestRead(tree, line, at)
    for (let i = at; i < at + length; i++) covered[i] = Math.max(covered[i]!, length)
  }
  for (let at = 0; at < line.length; at++) {
    const word = likeliestWord(tree, line, at, covered)
    if (word === null) continue
    word.letters.forEach((letter, i) => {
      const one = line[at + i]!
      if (one.text !== letter) line[at + i] = { ...one, text: letter }
      covered[at + i] = word.letters.length
    })
  }
  const characters = line.map((one, i) => (covered[i] === 0 ? one : { ...one, others: [] }))
  return { ...read, characters, text: line.map(({ text }) => text).join('') }
}

const isDoubtful = ({ confidence, others }: ReadCharacter): boolean =>
  confidence < SURE && others !== undefined && others.length > 0

/** Letters of the longest word that was read at a place; 0 where none was. */
function longestRead(root: Branch, line: readonly ReadCharacter[], at: number): number {
  let longest = 0
  let branch: Branch | undefined = root
  for (let i = at; i < line.length && (branch = branch.next.get(line[i]!.text)) !== undefined; i++)
    if (branch.ends) longest = i - at + 1
  return longest
}

interface Word {
  letters: string[]
  /** Of the letters that were read otherwise, each as a share of what was read. */
  likely: number
}

/** The longest, then the likeliest word that stands at a place with at least one letter that was read otherwise. */
function likeliestWord(root: Branch, line: readonly ReadCharacter[], at: number, covered: Uint8Array): Word | null {
  let best: Word | null = null
  const letters: string[] = []
  const visit = (branch: Branch, i: number, changed: number, likely: number, mostCovered: number) => {
    if (branch.ends && changed > 0 && isLikely(letters.length, changed, likely) && letters.length > mostCovered) {
      if (best === null || letters.length > best.letters.length || likely > best.likely)
        if (best === null || letters.length >= best.letters.length) best = { letters: [...letters], likely }
    }
    const one = line[i]
    if (one === undefined) return
    const go = (letter: string, share: number, isOther: boolean) => {
      const next = branch.next.get(letter)
      if (next === undefined) return
      letters.push(letter)
      visit(
        next,
        i + 1,
        changed + (isOther ? 1 : 0),
        likely * share,
        isOther ? Math.max(mostCovered, covered[i]!) : mostCovered,
      )
      letters.pop()
    }
    go(one.text, 1, false)
    if (isDoubtful(one)) for (const { text, confidence } of one.others!) go(text, confidence / one.confidence, true)
  }
  visit(root, at, 0, 1, 0)
  return best
}

/** Whether a word may be what stands there: most of its letters were read, and the others are likely enough. */
function isLikely(length: number, changed: number, likely: number): boolean {
  const least = LEAST_LIKELY[Math.min(length, LONGEST_STEP)]!
  return changed * 2 <= length && likely >= least ** changed
}

function treeOf(words: readonly string[]): Branch {
  const root: Branch = { next: new Map(), ends: false }
  for (const word of words) {
    let branch = root
    for (const letter of word) {
      let next = branch.next.get(letter)
      if (next === undefined) branch.next.set(letter, (next = { next: new Map(), ends: false }))
      branch = next
    }
    branch.ends = true
  }
  return root
}

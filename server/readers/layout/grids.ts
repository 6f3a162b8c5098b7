import { joinedRules, NEAR } from './rules.ts'
import { cellText } from './cell-text.ts'
import { partsAt } from './cells.ts'
import { repeatedCell } from '../repeated.ts'
import type { LaidTable, Piece, Rule, Span } from './types.ts'

/** More rules than this on one page are a drawing or a map, not a table. */
const MOST_RULES = 6000
const MOST_CELLS = 20_000

/** Tables of a page that are told by their ruling, and the pieces that stand in none. */
export function ruledTables(pieces: readonly Piece[], rules: readonly Rule[]): { tables: LaidTable[]; rest: Piece[] } {
  const { level, upright } = joinedRules(rules)
  if (level.length < 2 || upright.length < 2 || level.length + upright.length > MOST_RULES)
    return { tables: [], rest: [...pieces] }
  const tables: LaidTable[] = []
  let rest = [...pieces]
  for (const frame of frames(level, upright)) {
    const grid = new Grid(frame.level, frame.upright)
    if (!grid.isTable) continue
    const inside = rest.filter((piece) => grid.holds(piece))
    if (inside.length === 0) continue
    const { rows, cells } = grid.rows(inside)
    if (rows.length === 0) continue
    rest = rest.filter((piece) => !grid.holds(piece))
    tables.push({ rows, columns: grid.spans, top: grid.top, bottom: grid.bottom, ruled: true, cells })
  }
  return { tables, rest }
}

interface Frame {
  level: Rule[]
  upright: Rule[]
}

/**
 * A table whose rules and the places of its columns are known.
 * @param upright where columns meet, from the top of a row to its bottom; at least its outer edges
 * @param words how far the words of each column reach: a line that reaches as far is full
 */
export function gridTable(
  level: readonly Rule[],
  upright: readonly Rule[],
  pieces: readonly Piece[],
  words: readonly Span[],
): LaidTable | null {
  const grid = new Grid(level, upright, words)
  if (!grid.isTable) return null
  const { rows } = grid.rows(pieces.filter((piece) => grid.holds(piece)))
  return rows.length === 0 ? null : { rows, columns: [...words], top: grid.top, bottom: grid.bottom, ruled: false }
}

/** Rules that touch one another, however far round about. */
function frames(level: readonly Rule[], upright: readonly Rule[]): Frame[] {
  const parent = [...level.keys(), ...upright.map((_, i) => level.length + i)]
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  level.forEach((h, i) => {
    upright.forEach((v, k) => {
      if (v.x1 >= h.x1 - NEAR && v.x1 <= h.x2 + NEAR && h.y1 >= v.y1 - NEAR && h.y1 <= v.y2 + NEAR)
        parent[root(i)] = root(level.length + k)
    })
  })
  const found = new Map<number, Frame>()
  const frameOf = (i: number) => {
    const key = root(i)
    if (!found.has(key)) found.set(key, { level: [], upright: [] })
    return found.get(key)!
  }
  level.forEach((rule, i) => frameOf(i).level.push(rule))
  upright.forEach((rule, i) => frameOf(level.length + i).upright.push(rule))
  return [...found.values()].filter((frame) => frame.level.length >= 2 && frame.upright.length >= 1)
}

/** The columns and rows between the rules of a frame; cells that no rule parts are one. */
class Grid {
  readonly xs: number[]
  readonly ys: number[]
  /** Cells by row, each with the first cell of what it is part of. */
  private readonly owner: number[]

  constructor(
    private readonly level: readonly Rule[],
    private readonly upright: readonly Rule[],
    private readonly words: readonly Span[] | null = null,
  ) {
    this.xs = places([...upright.map(({ x1 }) => x1), ...ends(level, 'x1', 'x2')])
    this.ys = places([...level.map(({ y1 }) => y1), ...ends(upright, 'y1', 'y2')])
    this.owner = this.columns * this.height > MOST_CELLS ? [] : this.merged()
  }

  /** Its columns from left to right. */
  get spans(): Span[] {
    return this.xs.slice(1).map((to, i) => ({ from: this.xs[i]!, to }))
  }
  get columns(): number {
    return this.xs.length - 1
  }
  get height(): number {
    return this.ys.length - 1
  }
  get top(): number {
    return this.ys[0]!
  }
  get bottom(): number {
    return this.ys.at(-1)!
  }
  /** A frame around a paragraph or a single column of boxes is none. */
  get isTable(): boolean {
    return this.owner.length > 0 && this.columns >= 2 && this.height >= 1 && new Set(this.owner).size >= 3
  }

  holds({ x, y, width, size }: Piece): boolean {
    const [cx, cy] = [x + width / 2, y - size * 0.35]
    return cx >= this.xs[0]! && cx <= this.xs.at(-1)! && cy >= this.top && cy <= this.bottom
  }

  private merged(): number[] {
    const owner = [...Array(this.columns * this.height).keys()]
    const root = (i: number): number => {
      let at = i
      while (owner[at] !== at) at = owner[at] = owner[owner[at]!]!
      return at
    }
    const join = (a: number, b: number) => {
      const [first, second] = [root(a), root(b)].sort((m, n) => m - n) as [number, number]
      owner[second] = first
    }
    for (let row = 0; row < this.height; row++) {
      for (let column = 0; column < this.columns; column++) {
        const at = row * this.columns + column
        if (column + 1 < this.columns && !this.hasUpright(column + 1, row)) join(at, at + 1)
        if (row + 1 < this.height && !this.hasLevel(row + 1, column)) join(at, at + this.columns)
      }
    }
    return owner.map((_, i) => root(i))
  }

  private hasUpright(edge: number, row: number): boolean {
    const [x, middle] = [this.xs[edge]!, (this.ys[row]! + this.ys[row + 1]!) / 2]
    return this.upright.some((rule) => Math.abs(rule.x1 - x) <= NEAR && rule.y1 <= middle && rule.y2 >= middle)
  }
  private hasLevel(edge: number, column: number): boolean {
    const [y, middle] = [this.ys[edge]!, (this.xs[column]! + this.xs[column + 1]!) / 2]
    return this.level.some((rule) => Math.abs(rule.y1 - y) <= NEAR && rule.x1 <= middle && rule.x2 >= middle)
  }

  /** The words of its cells and the cells they are of, row by row; rows in which no cell has any words are left out. */
  rows(pieces: readonly Piece[]): { rows: string[][]; cells: number[][] } {
    const inCell = new Map<number, Piece[]>()
    for (const piece of pieces.flatMap((one) => partsAt(one, this.xs))) {
      const column = between(this.xs, piece.x + piece.width / 2)
      const row = between(this.ys, piece.y - piece.size * 0.35)
      const cell = this.owner[row * this.columns + column]!
      inCell.set(cell, [...(inCell.get(cell) ?? []), piece])
    }
    const texts = new Map(
      [...inCell].map(([cell, own]) => [cell, cellText(own, this.leftOf(cell), this.rightOf(cell))]),
    )
    const rows: string[][] = []
    const cells: number[][] = []
    for (let row = 0; row < this.height; row++) {
      const shown: string[] = []
      let begins = false
      for (let column = 0; column < this.columns; column++) {
        const cell = this.owner[row * this.columns + column]!
        const [ownRow, ownColumn] = [Math.floor(cell / this.columns), cell % this.columns]
        const own = ownColumn === column ? (texts.get(cell) ?? '') : ''
        const text = ownRow === row ? own : repeatedCell(own)
        if (ownRow === row && text !== '') begins = true
        shown.push(text)
      }
      // A row of which nothing begins here is a step in the ruling of a neighbour's cell.
      if (!begins) continue
      rows.push(shown)
      cells.push(this.owner.slice(row * this.columns, (row + 1) * this.columns))
    }
    return { rows, cells }
  }

  private leftOf(cell: number): number {
    const column = cell % this.columns
    return this.words?.[column]?.from ?? this.xs[column]!
  }
  /** Right edge of a cell. */
  private rightOf(cell: number): number {
    let column = cell % this.columns
    const row = Math.floor(cell / this.columns)
    while (column + 1 < this.columns && this.owner[row * this.columns + column + 1] === cell) column++
    return this.words?.[column]?.to ?? this.xs[column + 1]!
  }
}

/** The outer ends of the rules, which stand for edges that are not ruled (tables open at their sides). */
function ends(rules: readonly Rule[], from: 'x1' | 'y1', to: 'x2' | 'y2'): number[] {
  return [Math.min(...rules.map((rule) => rule[from])), Math.max(...rules.map((rule) => rule[to]))]
}

/** Different places in order; those that are near are one. */
function places(values: number[]): number[] {
  const sorted = values.sort((a, b) => a - b)
  return sorted.filter((value, i) => i === 0 || value - sorted[i - 1]! > NEAR)
}

function between(edges: readonly number[], at: number): number {
  let i = 0
  while (i + 2 < edges.length && at >= edges[i + 1]!) i++
  return i
}

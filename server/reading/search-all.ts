import type { z } from 'zod'
import { INSTRUCTION_STANDING_TITLES } from '../../db/domain/instructions.ts'
import { SEARCH_KINDS, type SearchKind } from '../../db/domain/search-terms.ts'
import { ORDER_COLOR_TITLES, ORDER_STATUS_TITLES } from '../../db/domain/supervision-terms.ts'
import { targetWords } from '../../db/domain/target-words.ts'
import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import { rowsOn } from '../core/ledger-rows.ts'
import { findTargets } from '../counting/find-targets.ts'
import { unitAsked } from '../counting/own-lights.ts'
import { findDocuments } from '../documents/find-documents.ts'
import type { finderAnswer, SearchHit } from '../finder/schemas.ts'
import { findPeople, findUnits } from '../people/find.ts'
import { numberWords } from '../search.ts'
import { listInstructions } from '../supervision/instructions/list.ts'
import { listOrders } from '../supervision/lists.ts'

type Viewer = Pick<Actor, 'id' | 'role' | 'unitId'>
interface Found {
  total: number
  items: (Pick<SearchHit, 'id' | 'title' | 'about'> & Partial<SearchHit>)[]
}

/** Hits of each kind that are listed. */
const LISTED = 6
/** Signs of a long text that are shown. */
const LONGEST = 120

/** Everything in which all words stand, by kind, as far as the person may see it: the rights are those of the lists. */
export function searchAll(db: Db, viewer: Viewer, q: string, day: string): z.output<typeof finderAnswer> {
  const words = numberWords(q)
  if (words.length === 0) return { groups: [] }
  const groups = SEARCH_KINDS.map((kind) => ({ kind, ...FINDERS[kind](db, viewer, words, day) }))
  // Who types the whole name of a person or a unit means it, not what has to do with it.
  const isNamed = ({ items }: Found) => items.some(({ title }) => title === q.trim())
  return {
    groups: groups
      .filter(({ items }) => items.length > 0)
      .sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
      .map(({ items, ...group }) => ({
        ...group,
        items: items.map((hit) => ({ light: null, targetId: null, role: null, unitId: null, ...hit })),
      })),
  }
}

const FINDERS: Record<SearchKind, (db: Db, viewer: Viewer, words: readonly string[], day: string) => Found> = {
  target: (db, viewer, words, day) => {
    const { ids, total } = findTargets(db, viewer, words, day, LISTED)
    const items = rowsOn(db, ids, day, unitAsked(viewer)).map((row) => ({
      id: row.id,
      title: row.indicator,
      about: said(targetWords(row), row.deadline, row.document.number ?? row.document.title),
      light: row.light,
    }))
    return { total, items }
  },
  document: (db, viewer, words) => {
    const { items, total } = findDocuments(db, viewer, words, LISTED)
    return {
      total,
      items: items.map(({ id, title, number, issuer, issuedOn }) => ({
        id,
        title,
        about: said(number, issuer, issuedOn),
      })),
    }
  },
  order: (db, viewer, words) => {
    const { items, total } = listOrders(db, viewer, { words, limit: LISTED })
    return {
      total,
      items: items.map(({ id, number, color, status, unit, target }) => ({
        id,
        title: number,
        about: said(ORDER_COLOR_TITLES[color], ORDER_STATUS_TITLES[status], unit?.name, target.indicator),
        targetId: target.id,
      })),
    }
  },
  instruction: (db, viewer, words, day) => {
    const { items, total } = listInstructions(db, viewer, { words, limit: LISTED }, day)
    return {
      total,
      items: items.map(({ id, text, leader, standing, dueOn, target }) => ({
        id,
        title: cut(text),
        about: said(
          leader?.displayName,
          INSTRUCTION_STANDING_TITLES[standing],
          dueOn && `时限 ${dueOn}`,
          target?.indicator,
        ),
        targetId: target?.id ?? null,
      })),
    }
  },
  unit: (db, _viewer, words) => findUnits(db, words, LISTED),
  person: (db, viewer, words) => findPeople(db, viewer, words, LISTED),
}

const said = (...parts: (string | null | undefined)[]): string => cut(parts.filter(Boolean).join(' · '))
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

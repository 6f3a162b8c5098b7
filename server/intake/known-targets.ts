import { notInArray } from 'drizzle-orm'
import { type Profile, profileOf } from '../../db/domain/similarity.ts'
import type { Db } from '../../db/open.ts'
import { targets } from '../../db/schema/index.ts'

interface KnownTarget {
  id: number
  indicator: string
}

/** From this likeness of their words on two items of one value and limit are held to be the same. */
const ALIKE = 0.8
/** So many items of one value and limit are compared with a row at most. */
const MOST = 200

/** The targets that are there, found by what a row promises; read once for a whole list. */
export class KnownTargets {
  private readonly byPromise = new Map<string, (KnownTarget & { profile?: Profile })[]>()

  constructor(db: Db) {
    const rows = db
      .select({ id: targets.id, indicator: targets.indicator, value: targets.value, deadline: targets.deadline })
      .from(targets)
      .where(notInArray(targets.state, ['dropped', 'merged']))
      .all()
    for (const { value, deadline, ...target } of rows) {
      const key = `${value ?? ''} ${deadline ?? ''}`
      const others = this.byPromise.get(key)
      if (others) others.push(target)
      else this.byPromise.set(key, [target])
    }
  }

  /** The most alike target of the same value and limit; null where none is alike enough. */
  like(
    { value, deadline }: { value: number | null; deadline: string | null },
    likenessTo: (profile: Profile) => number,
  ): KnownTarget | null {
    let best: { target: KnownTarget; likeness: number } | null = null
    for (const target of (this.byPromise.get(`${value ?? ''} ${deadline ?? ''}`) ?? []).slice(0, MOST)) {
      const likeness = likenessTo((target.profile ??= profileOf(target.indicator)))
      if (likeness >= ALIKE && likeness > (best?.likeness ?? 0)) best = { target, likeness }
    }
    return best?.target ?? null
  }
}

import { and, asc, eq } from 'drizzle-orm'
import { gatherRows } from '../../db/gathered-rows.ts'
import type { Db } from '../../db/open.ts'
import { intakeRecords } from '../../db/schema/index.ts'

type Entity = (typeof intakeRecords.$inferInsert)['entity']

/** Writes down what a list makes and changes, so that one 撤销 can go back over it. */
export class Keeper {
  constructor(
    private readonly tx: Db,
    private readonly intakeId: number,
  ) {}

  made(entity: Entity, ...entityIds: readonly number[]): void {
    const rows = gatherRows(this.tx, intakeRecords, ['intakeId', 'entity', 'entityId'])
    for (const entityId of entityIds) rows.add({ intakeId: this.intakeId, entity, entityId })
    rows.write()
  }

  /** @param before the record as it was; what of it counts, the undo of its kind knows */
  changed(entity: Entity, entityId: number, before: object): void {
    this.tx
      .insert(intakeRecords)
      .values({ intakeId: this.intakeId, entity, entityId, before: { ...before } })
      .run()
  }

  /** Numbers of what was made of one kind, in the order in which it was. */
  idsOf(entity: Entity): number[] {
    return this.tx
      .select({ id: intakeRecords.entityId })
      .from(intakeRecords)
      .where(and(eq(intakeRecords.intakeId, this.intakeId), eq(intakeRecords.entity, entity)))
      .orderBy(asc(intakeRecords.id))
      .all()
      .map(({ id }) => id)
  }
}

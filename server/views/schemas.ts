import { z } from 'zod'
import { type FieldError, invalid } from '../errors.ts'
import { targetFilters, targetQuery } from '../core/target-schemas.ts'

/** Most views of one person. */
export const VIEWS_MAX = 100

/** What a view may hold: the filters of the ledger and its order, nothing else. */
const viewFields = z.strictObject({ ...targetFilters, sort: targetQuery.shape.sort.optional() })

const name = z.string().trim().min(1, '请填写名称').max(60, '名称不超过 60 字')
const query = z.string().max(2000, '筛选条件过长，请减少所选的项')

export const viewSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    /** The ledger's address without `?`: `light=overdue&unitId=3`; empty is the whole ledger. */
    query: z.string(),
    shared: z.boolean(),
    /** May be renamed, changed and shared by who asks. */
    mine: z.boolean(),
    owner: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof viewSchema>

export const viewList = z.object({ items: z.array(viewSchema) })
export const newView = z.strictObject({ name, query, shared: z.boolean().default(false) })
export const viewPatch = z.strictObject({
  name: name.optional(),
  query: query.optional(),
  shared: z.boolean().optional(),
})
export type NewView = z.infer<typeof newView>
export type ViewPatch = z.infer<typeof viewPatch>

/** The query with its keys in one order, empty ones left out; 400 where it is none of the ledger's. */
export function cleanQuery(text: string): string {
  const given = [...new URLSearchParams(text)].filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1))
  const result = viewFields.safeParse(Object.fromEntries(given))
  if (!result.success) {
    throw invalid(
      result.error.issues.map((issue): FieldError => ({
        path: `query.${issue.path.join('.')}`,
        message: `这不是台账的筛选条件：${issue.message}`,
      })),
    )
  }
  return new URLSearchParams(given).toString()
}

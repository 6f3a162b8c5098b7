import { z } from 'zod'
import { LIGHTS } from '../../db/domain/lights.ts'
import { SEARCH_KINDS } from '../../db/domain/search-terms.ts'
import { searchQuery } from '../search.ts'
import { roleSchema } from '../session/schemas.ts'

export const finderQuery = z.object({
  q: searchQuery.describe('一个或几个词，空格分开，须全部出现；编号的括号可以不写'),
})

const searchHit = z
  .object({
    id: z.int(),
    title: z.string(),
    about: z.string().describe('与标题并列的说明，没有的为空'),
    light: z.enum(LIGHTS).nullable().describe('目标今天的亮灯'),
    targetId: z.int().nullable().describe('督办单、批示所针对的目标；批示可以没有'),
    role: roleSchema.nullable().describe('人员的角色'),
    unitId: z.int().nullable().describe('人员所属的单位'),
  })
  .meta({ id: 'SearchHit' })
export type SearchHit = z.infer<typeof searchHit>

export const finderAnswer = z
  .object({
    groups: z.array(
      z.object({
        kind: z.enum(SEARCH_KINDS),
        total: z.int().describe('共找到多少；列出的是其中最相近的几项'),
        items: z.array(searchHit),
      }),
    ),
  })
  .meta({ id: 'SearchAnswer' })

import { idsOf } from './vocabulary.ts'

/** What a person may do; the table of steps (lifecycle.ts) and every route name the roles they are open to. */
export const ROLE_TITLES = {
  supervisor: '督查室',
  reporter: '部门',
  leader: '领导',
  admin: '管理员',
} as const
export type Role = keyof typeof ROLE_TITLES
export const ROLES = idsOf(ROLE_TITLES)

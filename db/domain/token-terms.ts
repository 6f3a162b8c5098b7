import type { Role } from './roles.ts'
import { idsOf } from './vocabulary.ts'

/** What an API token may do: read what its person sees, or also create items (事项). A token never does more than its person. */
export const TOKEN_SCOPE_TITLES = { read: '读取状态', items: '新建事项' } as const
export type TokenScope = keyof typeof TOKEN_SCOPE_TITLES
export const TOKEN_SCOPES = idsOf(TOKEN_SCOPE_TITLES)

/** Whose accounts a token may speak for, when it is made and at each use: the office's and leaders'. */
export const TOKEN_ROLES: readonly Role[] = ['supervisor', 'leader']

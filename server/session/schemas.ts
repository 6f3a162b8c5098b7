import { z } from 'zod'
import { ROLES } from '../../db/domain/roles.ts'

export const roleSchema = z.enum(ROLES)

/** Letters, digits, dot, dash, underscore or Chinese, full-width forms read as the others; compared by {@link nameKey}. */
export const usernameField = z
  .string()
  .normalize('NFKC')
  .min(2)
  .max(40)
  .regex(/^[\p{L}\p{N}._-]+$/u, '用户名只能用文字、数字、点、横线和下划线')
/** A number as people write it: `13800000000`, `0816-2345678 转 12`, `+86 138 0000 0000`. */
export const telephoneField = z
  .string()
  .trim()
  .regex(/^\+?[\d\s()（）转-]{3,40}$/, '电话只能有数字、空格、横线、括号和“转”')
export const emailField = z.email().max(200)
export const displayNameField = z.string().trim().min(1).max(40)
/** Length is judged by the rules of passwords, with a better message. */
export const passwordField = z.string().min(1).max(1000)

export const unitRef = z.object({ id: z.number().int(), name: z.string() })

export const meSchema = z
  .object({
    id: z.number().int(),
    username: z.string(),
    displayName: z.string(),
    role: roleSchema,
    unit: unitRef.nullable(),
    mustChangePassword: z.boolean(),
    /** The role asks for 两步验证 and this person has not switched it on yet. */
    mustSetUpSecondFactor: z.boolean(),
  })
  .meta({ id: 'Me' })

import { z } from 'zod'
import { UNIT_LEVELS } from '../../db/domain/intake-terms.ts'
import { UNIT_KINDS } from '../../db/domain/unit-terms.ts'
import { displayNameField, emailField, roleSchema, telephoneField, unitRef, usernameField } from '../session/schemas.ts'

export const unitNameField = z.string().trim().min(2).max(60)
const unitKind = z.enum(UNIT_KINDS).describe('单位，或单位组：交办给它即分别交办给各成员单位')
/** Where a unit stands among the others; members and ranking are a group's. */
const placedShape = {
  level: z.enum(UNIT_LEVELS).nullable().describe('级别'),
  sequence: z.int().min(1).max(100_000).nullable().describe('机构序列：小的在前，空的按建立先后排在最后'),
  ranked: z.boolean().describe('单位组：考核排名按此组分开排；一个单位只能在一个这样的组中'),
  memberIds: z.array(z.int()).max(1000).describe('单位组的成员单位'),
}

export const unitSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    shortName: z.string().nullable(),
    kind: unitKind,
    parentId: z.number().int().nullable(),
    successorId: z.number().int().nullable(),
    /** 分管领导 */
    leaderId: z.number().int().nullable(),
    archivedAt: z.string().nullable(),
    aliases: z.array(z.object({ id: z.number().int(), name: z.string(), source: z.enum(['person', 'rule']) })),
    ...placedShape,
    version: z.number().int(),
  })
  .meta({ id: 'Unit' })

export const newUnitSchema = z
  .object({
    name: unitNameField,
    shortName: unitNameField.nullable().optional(),
    kind: unitKind.optional(),
    parentId: z.number().int().nullable().optional(),
    aliases: z.array(unitNameField).max(50).optional(),
    ...placedShape,
  })
  .partial({ level: true, sequence: true, ranked: true, memberIds: true })
  .strict()

export const unitChangeSchema = z
  .object({
    version: z.number().int(),
    name: unitNameField.optional(),
    shortName: unitNameField.nullable().optional(),
    kind: unitKind.optional(),
    parentId: z.number().int().nullable().optional(),
    successorId: z.number().int().nullable().optional(),
    leaderId: z.number().int().nullable().optional(),
    archived: z.boolean().optional(),
    ...placedShape,
  })
  .partial({ level: true, sequence: true, ranked: true, memberIds: true })
  .strict()

export const userSchema = z
  .object({
    id: z.number().int(),
    username: z.string(),
    displayName: z.string(),
    role: roleSchema,
    unit: unitRef.nullable(),
    email: z.string().nullable(),
    telephone: z.string().nullable(),
    mustChangePassword: z.boolean(),
    passwordExpiresAt: z.string().nullable(),
    disabledAt: z.string().nullable(),
    /** 两步验证 is switched on. */
    secondFactor: z.boolean(),
    version: z.number().int(),
    createdAt: z.string(),
  })
  .meta({ id: 'User' })

const userFields = {
  displayName: displayNameField,
  role: roleSchema,
  unitId: z.number().int().nullable(),
  email: emailField.nullable(),
  telephone: telephoneField.nullable(),
}

export const newUserSchema = z
  .object({ username: usernameField, ...userFields })
  .partial({ unitId: true, email: true, telephone: true })
  .strict()

export const userChangeSchema = z
  .object({ version: z.number().int(), ...userFields, disabled: z.boolean() })
  .partial({ displayName: true, role: true, unitId: true, email: true, telephone: true, disabled: true })
  .strict()

/** A person to choose from in lists: nothing that only an administrator needs. */
export const personSchema = z
  .object({ id: z.number().int(), displayName: z.string(), role: roleSchema, unit: unitRef.nullable() })
  .meta({ id: 'Person' })

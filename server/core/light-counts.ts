import { z } from 'zod'
import { LIGHTS } from '../../db/domain/lights.ts'
import { objectOf } from '../schema.ts'

/** How many targets have each light. */
export const lightCounts = objectOf(LIGHTS, z.int()).meta({ id: 'LightCounts' })

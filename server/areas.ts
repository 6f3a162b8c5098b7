/** The areas of the API, each a plugin in its own folder. A new area adds its line here and nothing else. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { auditArea } from './audit/index.ts'
import { backupArea } from './backup/index.ts'
import { bulletinsArea } from './bulletins/index.ts'
import { calendarArea } from './calendar/index.ts'
import { documentsArea } from './documents/index.ts'
import { exportsArea } from './exports/index.ts'
import { finderArea } from './finder/index.ts'
import { healthArea } from './health/index.ts'
import { intakeArea } from './intake/index.ts'
import { itemsArea } from './items/index.ts'
import { overviewArea } from './overview/index.ts'
import { peopleArea } from './people/index.ts'
import { remindersArea } from './reminders/index.ts'
import { reportsArea } from './reports/index.ts'
import { reviewArea } from './review/index.ts'
import { sessionArea } from './session/index.ts'
import { settingsArea } from './settings/index.ts'
import { supervisionArea } from './supervision/index.ts'
import { targetsArea } from './targets/index.ts'
import { tokensArea } from './tokens/index.ts'
import { viewsArea } from './views/index.ts'

export const AREAS: FastifyPluginAsyncZod[] = [
  healthArea,
  sessionArea,
  peopleArea,
  intakeArea,
  settingsArea,
  calendarArea,
  auditArea,
  backupArea,
  reviewArea,
  reportsArea,
  remindersArea,
  bulletinsArea,
  exportsArea,
  supervisionArea,
  documentsArea,
  itemsArea,
  finderArea,
  overviewArea,
  targetsArea,
  tokensArea,
  viewsArea,
]

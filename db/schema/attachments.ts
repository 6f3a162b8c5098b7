import { isNotNull } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { createdAt, users } from './people.ts'
import { changeRequests, instructionAddressees, orders, problems } from './supervision.ts'
import { reports, targets } from './targets.ts'

/**
 * Evidence files, stored under the hash of their bytes. Each belongs to one report, request, 督办单 (its answer), problem
 * (its rectification) or answer to a 批示; one that belongs to none yet waits for the form it was uploaded in, and is swept away
 * where that is never sent.
 */
export const attachments = sqliteTable(
  'attachments',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Null for evidence of a 批示 that is about no target. */
    targetId: integer('target_id').references(() => targets.id),
    reportId: integer('report_id').references(() => reports.id),
    requestId: integer('request_id').references(() => changeRequests.id),
    orderId: integer('order_id').references(() => orders.id),
    problemId: integer('problem_id').references(() => problems.id),
    /** The addressee of a 批示 whose answer it goes with. */
    addresseeId: integer('addressee_id').references(() => instructionAddressees.id),
    sha256: text('sha256').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    uploadedBy: integer('uploaded_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('attachments_target').on(t.targetId),
    index('attachments_report').on(t.reportId),
    index('attachments_request').on(t.requestId),
    index('attachments_order').on(t.orderId),
    index('attachments_problem').on(t.problemId),
    index('attachments_addressee').on(t.addresseeId).where(isNotNull(t.addresseeId)),
    index('attachments_uploaded_by').on(t.uploadedBy).where(isNotNull(t.uploadedBy)),
  ],
)

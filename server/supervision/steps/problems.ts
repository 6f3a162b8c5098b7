import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../../../db/open.ts'
import { type ProblemEvent, problems } from '../../../db/schema/index.ts'
import { invalid, notFound } from '../../errors.ts'
import { giveEvidence } from '../../core/evidence.ts'
import { dateField } from '../../schema.ts'
import { attachmentIdsField, reasonField, textField } from '../../core/fields.ts'
import { defineStep, type StepRun } from '../../core/step-engine.ts'
import { allUnits, answeringUnitIds, office, notifyOfStep } from '../../core/step-notice.ts'

function problemOf(db: Db, targetId: number, id: number) {
  const problem = db.select().from(problems).where(eq(problems.id, id)).get()
  if (!problem || problem.targetId !== targetId) throw notFound('问题')
  return problem
}

const about = (tx: Db, targetId: number, id: number) => {
  const { unitId, status } = problemOf(tx, targetId, id)
  return { problem: { unitId, status } }
}

const courseEntry = (
  { actor }: Pick<StepRun<unknown>, 'actor'>,
  step: ProblemEvent['step'],
  text: string | null,
): ProblemEvent => ({ step, at: actor.at, who: actor.displayName, text })

/** 列入问题清单: what is wrong, which unit mends it, by when. */
export const raiseProblem = defineStep({
  step: 'raise-problem',
  body: z.object({
    text: textField,
    measures: textField.nullable().optional(),
    dueOn: dateField,
    unitId: z.int().nullable().optional(),
  }),
  apply: (run) => {
    const { tx, target, actor, body, today } = run
    const unitId = body.unitId ?? answeringUnitIds(run)[0] ?? null
    if (unitId === null || !allUnits(run).includes(unitId))
      throw invalid([{ path: 'unitId', message: '整改单位不是该事项的承办单位' }])
    if (body.dueOn < today) throw invalid([{ path: 'dueOn', message: '整改时限不能早于今天' }])
    const id = Number(
      tx
        .insert(problems)
        .values({
          targetId: target.id,
          unitId,
          text: body.text,
          measures: body.measures ?? null,
          dueOn: body.dueOn,
          status: 'open',
          foundBy: actor.id,
          createdAt: actor.at,
        })
        .run().lastInsertRowid,
    )
    notifyOfStep(run, 'problem', id, `列入问题清单，请于${body.dueOn}前整改：${body.text}`, { unitIds: [unitId] })
    return { after: { problem: id, unitId, text: body.text, dueOn: body.dueOn }, record: { id } }
  },
})

export const rectifyProblem = defineStep({
  step: 'rectify-problem',
  body: z.object({ problemId: z.int(), text: textField, attachmentIds: attachmentIdsField }),
  context: ({ tx, target, body }) => about(tx, target.id, body.problemId),
  apply: (run) => {
    const { tx, target, actor, body } = run
    const problem = problemOf(tx, target.id, body.problemId)
    tx.update(problems)
      .set({
        status: 'rectified',
        rectification: body.text,
        rectifiedAt: actor.at,
        course: [...problem.course, courseEntry(run, 'rectify-problem', body.text)],
        version: problem.version + 1,
      })
      .where(eq(problems.id, problem.id))
      .run()
    const evidence = giveEvidence(tx, actor, target.id, body.attachmentIds, { problemId: problem.id })
    notifyOfStep(run, 'rectified', `${problem.id}:${problem.version}`, `的问题已报送整改情况`, office(run))
    return {
      before: { problemStatus: problem.status },
      after: { problem: problem.id, problemStatus: 'rectified', text: body.text, ...evidence },
      record: { id: problem.id },
    }
  },
})

export const closeProblem = defineStep({
  step: 'close-problem',
  body: z.object({ problemId: z.int() }),
  bulk: true,
  context: ({ tx, target, body }) => about(tx, target.id, body.problemId),
  apply: (run) => {
    const { tx, target, actor, body } = run
    const problem = problemOf(tx, target.id, body.problemId)
    tx.update(problems)
      .set({
        status: 'closed',
        closedAt: actor.at,
        course: [...problem.course, courseEntry(run, 'close-problem', null)],
        version: problem.version + 1,
      })
      .where(eq(problems.id, problem.id))
      .run()
    return {
      before: { problemStatus: problem.status },
      after: { problem: problem.id, problemStatus: 'closed' },
      record: { id: problem.id },
    }
  },
})

/** 退回整改: the unit has to mend more; what it had written stays in the trail. */
export const rejectProblem = defineStep({
  step: 'reject-problem',
  body: z.object({ problemId: z.int(), reason: reasonField, dueOn: dateField.optional() }),
  context: ({ tx, target, body }) => about(tx, target.id, body.problemId),
  apply: (run) => {
    const { tx, target, body } = run
    const problem = problemOf(tx, target.id, body.problemId)
    const dueOn = body.dueOn ?? problem.dueOn
    tx.update(problems)
      .set({
        status: 'open',
        rectifiedAt: null,
        dueOn,
        course: [...problem.course, courseEntry(run, 'reject-problem', body.reason)],
        version: problem.version + 1,
      })
      .where(eq(problems.id, problem.id))
      .run()
    notifyOfStep(run, 'problem', `${problem.id}:${problem.version}`, `的整改被退回：${body.reason}`, {
      unitIds: [problem.unitId],
    })
    return {
      before: { problemStatus: problem.status, rectification: problem.rectification, dueOn: problem.dueOn },
      after: { problem: problem.id, problemStatus: 'open', reason: body.reason, dueOn },
      record: { id: problem.id },
    }
  },
})

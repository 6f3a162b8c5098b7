import { z } from 'zod'
import { MAX_EVIDENCE_FILES } from './evidence-type.ts'

/** Why something is refused, asked for or changed; it stands in the trail, so it must say something. */
export const reasonField = z.string().trim().min(2, '请写明理由').max(1000)

/** Words of an instruction, a 督办单, an answer. */
export const textField = z.string().trim().min(2, '请填写内容').max(4000)

/** Evidence uploaded for the target before, which goes along with the step; see server/reports/attachments.ts. */
export const attachmentIdsField = z.array(z.int()).max(MAX_EVIDENCE_FILES).default([])

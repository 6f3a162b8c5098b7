import { REPORTING_TITLES } from '../../../db/domain/target-terms.ts'
import type { TargetDetail } from '../api/types.ts'

/** 填报方式 as all of the answering units are told; null where one unit answers alone. */
export const reportingWords = ({
  lead,
  responsible,
  reporting,
}: Pick<TargetDetail, 'lead' | 'responsible' | 'reporting'>): string | null =>
  lead.length + responsible.length > 1 ? REPORTING_TITLES[reporting] : null

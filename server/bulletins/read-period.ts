import { type NamedPeriod, parsePeriod } from '../../db/domain/period.ts'
import { invalid } from '../errors.ts'

/** A period that has begun by `today` (Shanghai). 400 for one that has not: there is nothing to tell of it. */
export function readPeriod(name: string, today: string): NamedPeriod {
  const period = parsePeriod(name)
  if (!period || period.first > today) throw invalid([{ path: 'period', message: '该期尚未开始，没有可以通报的数据' }])
  return period
}

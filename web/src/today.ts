import { shanghaiDate } from '../../db/domain/dates.ts'

/** Today's date in Shanghai. */
export const today = (now: Date = new Date()): string => shanghaiDate(now)

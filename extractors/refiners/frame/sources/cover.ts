import { wordsIn } from '../frame.ts'
import type { Source } from '../situation.ts'

const COVERED = /(?:率|覆盖面|覆盖度|比例|比重)$/

/** 「网点实现全覆盖」 is a rate of cover: named 网点**覆盖率**. */
export const cover: Source = (frame, { draft }) =>
  draft.quantity.form !== 'full-cover' || frame.name === '' || COVERED.test(frame.name)
    ? null
    : {
        from: 'own',
        rule: 'full-cover',
        slots: { measure: wordsIn(frame, 'measure') + (frame.name.endsWith('覆盖') ? '率' : '覆盖率') },
      }

import type { Refiner } from './draft.ts'
import { standing } from './draft.ts'

const COVERED = /(?:率|覆盖面|覆盖度|比例|比重)$/

/** 「网点实现全覆盖」 is a rate of cover: named 网点覆盖率. */
export const coverName: Refiner = {
  name: 'cover-name',
  reads: ['indicator', 'quantity'],
  writes: ['indicator'],
  run: (view) => {
    for (const draft of standing(view)) {
      if (draft.quantity.form !== 'full-cover' || draft.indicator === '' || COVERED.test(draft.indicator)) continue
      draft.indicator += draft.indicator.endsWith('覆盖') ? '率' : '覆盖率'
    }
  },
}

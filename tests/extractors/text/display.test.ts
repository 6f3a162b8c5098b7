import { expect, test } from 'vitest'
import { displayForm } from '../../../extractors/text/display.ts'

test.each([
  ['各市(州)、县(市、区)人民政府', '各市（州）、县（市、区）人民政府'],
  ['统一思想,提高认识', '统一思想，提高认识'],
  ['(一)指导思想', '（一）指导思想'],
  ['PM2.5年均浓度', 'PM2.5年均浓度'],
  ['95%', '95%'],
  ['f(x)', 'f(x)'],
])('%s → %s', (reading, shown) => expect(displayForm(reading)).toBe(shown))

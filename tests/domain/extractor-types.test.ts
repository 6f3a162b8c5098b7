import { describe, expectTypeOf, it } from 'vitest'
import type * as doubts from '../../db/domain/doubts.ts'
import type * as heads from '../../db/domain/document-heads.ts'
import type * as domain from '../../db/domain/target-terms.ts'
import type * as found from '../../extractors/types.ts'

/** The extractors import nothing from other rooms, so both name these types; `npm run typecheck` fails where they differ. */
describe('the words of the extractors and of the domain', () => {
  it('are the same', () => {
    expectTypeOf<domain.Operator>().toEqualTypeOf<found.Operator>()
    expectTypeOf<domain.Measure>().toEqualTypeOf<found.Measure>()
    expectTypeOf<domain.DeadlineBasis>().toEqualTypeOf<found.DeadlineBasis>()
    expectTypeOf<domain.UnitRole>().toEqualTypeOf<found.UnitRole>()
    expectTypeOf<doubts.DoubtField>().toEqualTypeOf<found.DoubtField>()
    expectTypeOf<domain.Per | null>().toEqualTypeOf<found.FoundQuantity['per']>()
    expectTypeOf<heads.HeadField>().toEqualTypeOf<found.HeadField>()
    expectTypeOf<heads.HeadDoubt>().toEqualTypeOf<found.HeadDoubt>()
    expectTypeOf<domain.Kind>().toEqualTypeOf<found.FoundTarget['kind'] | 'duty'>()
  })
})

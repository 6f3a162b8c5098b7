import { computed } from 'vue'
import { fetchFindings } from '../../api/calls.ts'
import { useAddress, useAsOf } from '../../composables/use-address.ts'
import { useLoad } from '../../composables/use-load.ts'
import { KINDS } from '../../../../db/domain/target-terms.ts'
import { type Choice, isChosen, STAGES } from '../../reading/stages.ts'

/** The findings of the document, and which of them the address asks for. */
export function useFindings(id: () => number) {
  const { read, write } = useAddress()
  const { asOf } = useAsOf()
  const {
    data: found,
    problem,
    reload,
  } = useLoad(
    () => [id(), asOf.value],
    (signal) => fetchFindings(id(), asOf.value, signal),
  )

  const all = computed(() => [...(found.value?.items ?? [])].sort((a, b) => a.start - b.start || a.id - b.id))
  const active = computed(() => Number(read('finding')) || null)
  const asked = computed(() => `${read('kind') ?? ''};${read('stage') ?? ''}`)
  const choice = computed<Choice>(() => {
    const [kinds, stages] = asked.value.split(';').map((list) => list.split(',')) as [string[], string[]]
    return {
      kinds: KINDS.filter((kind) => kinds.includes(kind)),
      stages: STAGES.filter((stage) => stages.includes(stage)),
    }
  })
  const finding = computed(() => all.value.find((one) => one.id === active.value) ?? null)
  /**
   * A finding that the address names is shown whatever is chosen. A value of its own, so that going from finding to finding
   * does not compute the list anew.
   */
  const besides = computed(() => (finding.value && !isChosen(finding.value, choice.value) ? finding.value.id : null))
  const shown = computed(() => all.value.filter((one) => one.id === besides.value || isChosen(one, choice.value)))
  const clear = () => void write({ kind: null, stage: null })

  return { found, problem, reload, all, active, choice, shown, finding, clear }
}

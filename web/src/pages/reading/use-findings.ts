import { computed } from 'vue'
import { fetchFindings } from '../../api/calls.ts'
import { useAddress, useAsOf } from '../../composables/use-address.ts'
import { useLoad } from '../../composables/use-load.ts'
import { type Choice, isChosen, KINDS, STAGES } from '../../reading/stages.ts'

/** The findings of the document, and which of them the address asks for. */
export function useFindings(id: () => number) {
  const { read, readList, write } = useAddress()
  const { asOf } = useAsOf()
  const { data: found, problem, reload } = useLoad(() => [id(), asOf.value], (signal) => fetchFindings(id(), asOf.value, signal))

  const all = computed(() => [...(found.value?.items ?? [])].sort((a, b) => a.start - b.start || a.id - b.id))
  const active = computed(() => Number(read('finding')) || null)
  const choice = computed<Choice>(() => ({ kinds: KINDS.filter((kind) => readList('kind').includes(kind)), stages: STAGES.filter((stage) => readList('stage').includes(stage)) }))
  /** A finding that the address names is shown whatever is chosen. */
  const shown = computed(() => all.value.filter((finding) => finding.id === active.value || isChosen(finding, choice.value)))
  const finding = computed(() => all.value.find((one) => one.id === active.value) ?? null)
  const clear = () => void write({ kind: null, stage: null })

  return { found, problem, reload, all, active, choice, shown, finding, clear }
}

import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { SOURCE_KIND_TITLES } from '../../../db/domain/source-kinds.ts'
import { fetchSourceKinds, type SourceKind } from '../api/item-calls.ts'

/** The register of 来源类别, fetched when a page first asks for it; until then those of the program are known. */
export const useSourceKinds = defineStore('source-kinds', () => {
  const items = ref<SourceKind[]>([])
  let asked = false
  async function load() {
    asked = true
    try {
      items.value = (await fetchSourceKinds()).items
    } catch {
      asked = false // the next page asks again; the words of the program stand meanwhile
    }
  }
  const ensure = () => {
    if (!asked) void load()
  }
  const titles = computed<Record<string, string>>(() => ({
    ...SOURCE_KIND_TITLES,
    ...Object.fromEntries(items.value.map(({ id, title }) => [id, title])),
  }))
  return {
    items,
    load,
    ensure,
    offered: computed(() => items.value.filter(({ archived }) => !archived)),
    titleOf: (id: string) => titles.value[id] ?? id,
  }
})

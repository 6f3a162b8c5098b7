import { computed, type Ref, watch } from 'vue'
import type { FilePlaces } from '../../../api/types.ts'
import { pagePassages, type PagePassage } from '../../../reading/original/passage.ts'
import type { RendererProps } from './renderer.ts'

/** Words on one page: as they are looked for in its text, and where they stand on its picture if it was recognised. */
export interface PagePlace extends PagePassage {
  scan: FilePlaces['scans'][number] | null
}

/** What is asked of the column of pages. */
interface Column {
  goTo: (page: number) => void
  isOn: (page: number) => boolean
  current: () => number
  show: (element: Element) => void
}

/**
 * Takes an original drawn in pages to the words looked for, and lets it go along with the text beside it.
 * @param count how many pages are known
 * @param located told whether the words were found
 */
export function usePagePlaces(
  props: Readonly<RendererProps>,
  column: Ref<Column | null>,
  count: () => number,
  located: (found: boolean) => void,
) {
  const places = computed<PagePlace[]>(() => {
    const { place, text } = props
    if (place === null || text.firstPage === null) return []
    return pagePassages(text.text, text.firstPage, place.words.start, place.words.end).map((passage) => ({
      ...passage,
      scan: place.known.scans.find(({ page }) => page === passage.page) ?? null,
    }))
  })

  function show() {
    if (count() === 0 || props.place === null) return
    const first = places.value[0]
    if (!first || first.page > count()) return located(false)
    if (!column.value?.isOn(first.page)) column.value?.goTo(first.page)
  }
  watch([places, count], show, { flush: 'post' })

  /** The text beside is scrolled: the page goes along when another one begins there. */
  const feeds = computed(() => [...props.text.text.matchAll(/\f/g)].map(({ index }) => index))
  const lookedAt = computed(() =>
    props.look === null || props.text.firstPage === null
      ? null
      : props.text.firstPage + feeds.value.filter((feed) => feed < props.look!).length,
  )
  watch(lookedAt, (page) => {
    if (page !== null && page !== column.value?.current()) column.value?.goTo(page)
  })

  return {
    /** What is to be marked on a page, counted from 0. */
    placeOn: (index: number): PagePlace | null => places.value.find(({ page }) => page === index + 1) ?? null,
    /** A page says what it marked; null where the words are not on it. */
    onLocated(index: number, mark: Element | null) {
      if (index + 1 !== places.value[0]?.page) return
      if (mark) column.value?.show(mark)
      located(mark !== null)
    },
  }
}

import { onScopeDispose, ref } from 'vue'

/** Whether a media query holds, followed as the window changes. */
export function useMedia(query: string) {
  const media = window.matchMedia(query)
  const holds = ref(media.matches)
  const follow = (event: MediaQueryListEvent) => {
    holds.value = event.matches
  }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return holds
}

/** Narrower than a tablet: lists become cards. */
export const useNarrow = () => useMedia('(max-width: 720px)')

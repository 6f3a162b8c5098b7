import { ref, watch, type Ref } from 'vue'

/** A choice that this browser keeps, such as the columns of a table. Unreadable storage counts as empty. */
export function useKept<T>(key: string, initial: T, isValid: (value: unknown) => value is T): Ref<T> {
  const name = `zhengbiao.${key}`
  let start = initial
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    if (isValid(stored)) start = stored
  } catch {
    /* nothing kept */
  }
  const kept = ref(start) as Ref<T>
  watch(
    kept,
    (value) => {
      try {
        localStorage.setItem(name, JSON.stringify(value))
      } catch {
        /* storage full or forbidden: the choice lasts for this page */
      }
    },
    { deep: true },
  )
  return kept
}

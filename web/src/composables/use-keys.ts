import { onBeforeUnmount, onMounted } from 'vue'
import { openDialogs } from '../components/open-dialogs.ts'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/**
 * Single-key commands of a page. They rest while somebody types or a dialog is open. A key that is held down counts
 * once, except for the `repeating` ones, which only move about.
 */
export function useKeys(commands: Record<string, () => void>, repeating: readonly string[] = []) {
  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
    if (isTyping(event.target) || openDialogs.length > 0) return
    const key = event.key in commands ? event.key : event.key.toLowerCase()
    const command = commands[key]
    if (!command) return
    event.preventDefault()
    if (!event.repeat || repeating.includes(key)) command()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}

/**
 * Enter held down takes a button or sends a form once, not again and again: the next thing in its place may be one that
 * nobody has seen. Called once by main.ts.
 */
export function ignoreHeldEnter() {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.repeat && event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement))
        event.preventDefault()
    },
    { capture: true },
  )
}

/** The second click of a double click, which may fall on what has only just come into its place. */
export const isSecondClick = (event: MouseEvent) => event.detail > 1

import { onBeforeUnmount, onMounted } from 'vue'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Single-key commands of a page. They rest while somebody types or a dialog is open. */
export function useKeys(commands: Record<string, (event: KeyboardEvent) => void>) {
  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
    if (isTyping(event.target) || document.querySelector('.el-overlay:not([style*="none"])')) return
    const command = commands[event.key] ?? commands[event.key.toLowerCase()]
    if (!command) return
    event.preventDefault()
    command(event)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}

import { shallowReactive } from 'vue'
import type { ApiProblem } from '../api/problem.ts'

/** A short message at the top of the window. Text only, never markup. */
interface Toast {
  id: number
  tone: 'done' | 'note' | 'problem'
  message: string
}

/** What stands on the window now, the oldest first; drawn by toast-stack.vue. */
export const toasts = shallowReactive<Toast[]>([])

/** How long each stays, in milliseconds: a problem has to be read. */
const STAYS: Record<Toast['tone'], number> = { done: 3000, note: 4000, problem: 8000 }
const MOST = 4

let last = 0

function show(tone: Toast['tone'], message: string): void {
  const id = ++last
  // The same words twice are one message whose time begins anew.
  const twin = toasts.findIndex((other) => other.tone === tone && other.message === message)
  if (twin >= 0) toasts.splice(twin, 1)
  toasts.push({ id, tone, message })
  if (toasts.length > MOST) toasts.shift()
  setTimeout(() => dismissToast(id), STAYS[tone])
}

/** Takes one message away before its time. */
export function dismissToast(id: number): void {
  const at = toasts.findIndex((one) => one.id === id)
  if (at >= 0) toasts.splice(at, 1)
}

/** Short messages at the top of the window, read out by screen readers. */
export const toast = {
  done: (message: string) => show('done', message),
  note: (message: string) => show('note', message),
  problem: (problem: ApiProblem) => show('problem', problem.message),
}

/**
 * First code of a reader thread. Plain JavaScript, because a thread does not always read TypeScript yet when its first
 * module is loaded: it is made to, and only then the thread's own module is.
 */
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')

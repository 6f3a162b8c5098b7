/** How long a page may keep what stands beside it waiting, in milliseconds. */
const LONGEST = 1000

/**
 * Asks for what only stands beside the page (badges, the bell, words of hints) once the page has asked for what it shows: a
 * browser sends few requests at a time and the server takes them in their order, so that what is asked first keeps the rest
 * waiting. @param ask looks itself whether it is still wanted by then
 */
export function besidePage(ask: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) window.requestIdleCallback(ask, { timeout: LONGEST })
  else setTimeout(ask, LONGEST / 5)
}

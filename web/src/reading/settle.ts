const STILL_FRAMES = 3
const MOST_FRAMES = 90

/**
 * Scrolls a box until what is looked for stands where it should. Paragraphs out of sight were only guessed in height, so
 * each step may show that it is a little further; it is done when nothing has moved for some frames.
 * @param off by how many pixels the box has to scroll further; null where the thing is not there
 * @returns a function that stops it; `onEnd` is called in any case, once
 */
export function settle(box: HTMLElement, off: () => number | null, onEnd: () => void): () => void {
  let still = 0
  let frames = 0
  let frame = 0
  let ended = false
  const STOPPERS = ['wheel', 'touchmove', 'pointerdown'] as const
  function end() {
    if (ended) return
    ended = true
    window.cancelAnimationFrame(frame)
    for (const name of STOPPERS) box.removeEventListener(name, end)
    onEnd()
  }
  function turn() {
    const by = off()
    if (by === null) return end()
    const before = box.scrollTop
    if (Math.abs(by) >= 1) box.scrollTop += by
    still = Math.abs(by) < 1 || box.scrollTop === before ? still + 1 : 0
    frames += 1
    if (still >= STILL_FRAMES || frames >= MOST_FRAMES) end()
    else frame = window.requestAnimationFrame(turn)
  }
  for (const name of STOPPERS) box.addEventListener(name, end, { passive: true })
  turn()
  return end
}

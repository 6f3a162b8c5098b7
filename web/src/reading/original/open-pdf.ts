import './old-browsers.ts'
import { getDocument, type PDFDocumentProxy, PDFWorker, version } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { NotShown } from './not-shown.ts'
import Worker from './pdf-worker.ts?worker'

const FILES = `${import.meta.env.BASE_URL}assets/pdfjs-${version}/`
/** Larger pictures than this (in pixels) are left out: a page of A0 at 300 dpi has 140 million. */
const MAX_IMAGE_SIZE = 150_000_000

interface OpenPdf {
  pdf: PDFDocumentProxy
  /** Ends the worker and frees what was drawn. */
  close: () => void
}

/**
 * Opens a PDF in a worker of its own. No code of the file is run: pdfjs is given no scripting, and links are not drawn.
 * @param bytes handed over to the worker, empty afterwards
 * @throws {NotShown} encrypted or broken
 */
export async function openPdf(bytes: Uint8Array, signal: AbortSignal): Promise<OpenPdf> {
  const thread = new Worker()
  const worker = PDFWorker.create({ port: thread })
  const task = getDocument({
    data: bytes,
    worker,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: MAX_IMAGE_SIZE,
    verbosity: 0,
    cMapUrl: `${FILES}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${FILES}standard_fonts/`,
    wasmUrl: `${FILES}wasm/`,
  })
  const close = () => {
    void task
      .destroy()
      .catch(() => undefined)
      .then(() => {
        worker.destroy()
        thread.terminate()
      })
  }
  signal.addEventListener('abort', close)
  const died = new Promise<never>((_, reject) => {
    thread.onerror = () => reject(new NotShown('unsupported'))
  })
  try {
    return { pdf: await Promise.race([task.promise, died]), close }
  } catch (error) {
    close()
    if (error instanceof NotShown) throw error
    throw new NotShown(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'broken')
  }
}

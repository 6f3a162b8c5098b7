/** The thread in which pdfjs reads a file: its own script, from our own server. */
import './old-browsers.ts'
import 'pdfjs-dist/legacy/build/pdf.worker.mjs'

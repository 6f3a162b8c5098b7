import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { compressedFiles } from './compressed-files.ts'
import { licencesFile } from './licences-file.ts'
import { pdfjsFiles } from './pdfjs-files.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * Chromium 87 is the oldest browser that offices still run. Everything is bundled, because the intranet reaches no other
 * host.
 */
export default defineConfig({
  root,
  plugins: [vue(), pdfjsFiles(), licencesFile(), compressedFiles()],
  build: {
    target: 'chrome87',
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    // The charts are a page's own chunk, loaded after the first view, and are larger than the default limit.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What nearly every page needs comes as two files instead of forty small ones, each with its own request.
        codeSplitting: {
          groups: [
            { name: 'frame', test: /node_modules[\\/](?:@vue|vue|vue-router|pinia|openapi-fetch)[\\/]/ },
            { name: 'shared', test: /web[\\/]src[\\/]/, minShareCount: 4 },
          ],
        },
      },
    },
  },
  // One file without imports of its own: module workers with imports came later than Chromium 87's.
  worker: { format: 'iife' },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
})

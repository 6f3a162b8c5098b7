import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { compressedFiles } from './compressed-files.ts'
import { licencesFile } from './licences-file.ts'
import { pdfjsFiles } from './pdfjs-files.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/** A module of so many bytes of source that two pages need is not worth a request of its own. */
const SMALL = 2_500

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
    // All styles are 21 KB packed: one file, where a page had five to ten of some hundred bytes.
    cssCodeSplit: false,
    // The charts are a page's own chunk, loaded after the first view, and are larger than the default limit.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What nearly every page needs, and what is small and stands on some of them, comes as a few files instead of a
        // hundred, each with its own request: a request costs both sides more than the bytes of such a file.
        codeSplitting: {
          groups: [
            { name: 'frame', test: /node_modules[\\/](?:@vue|vue|vue-router|pinia|openapi-fetch)[\\/]/ },
            { name: 'shared', test: /web[\\/]src[\\/]/, minShareCount: 4, priority: 1 },
            {
              name: 'parts',
              test: /(?:web[\\/]src|db[\\/]domain|node_modules[\\/]@tanstack)[\\/]/,
              minShareCount: 2,
              maxModuleSize: SMALL,
            },
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

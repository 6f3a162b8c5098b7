import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH_IT = /\.(?:js|css|svg|wasm)$/
/** Below this a file fits into one packet anyway. */
const LEAST_BYTES = 1_000
/** The best there is takes minutes for the bundle of the charts; this one is within a few percent of it. */
const QUALITY = 9

/** Puts `x.js.br` and `x.js.gz` beside each asset, once at the build instead of at each request. */
export function compressedFiles(): Plugin {
  return {
    name: 'compressed-files',
    apply: 'build',
    enforce: 'post',
    // Not closeBundle: that one also comes after a failed build, and its own error would hide the real one.
    writeBundle: {
      order: 'post',
      sequential: true,
      handler({ dir }) {
        const assets = join(dir!, 'assets')
        for (const entry of readdirSync(assets, { withFileTypes: true, recursive: true })) {
          if (!entry.isFile() || !WORTH_IT.test(entry.name)) continue
          const path = join(entry.parentPath, entry.name)
          const bytes = readFileSync(path)
          if (bytes.length < LEAST_BYTES) continue
          writeFileSync(
            `${path}.br`,
            brotliCompressSync(bytes, {
              params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
            }),
          )
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}

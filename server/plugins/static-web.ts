import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/** Where `npm run build` puts the web app. */
export const WEB_DIST = fileURLToPath(new URL('../../web/dist', import.meta.url))

const NOT_BUILT = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>政标</title><p>页面尚未构建：请在程序目录运行 npm run build，然后重新启动。</p></html>'

/**
 * The thread that reads PDFs unpacks scanned pages (JBIG2, CCITT) with WebAssembly. A worker is bound by the policy of its
 * own script: only this one file may compile it; pages and JavaScript's own eval stay refused.
 */
const PDF_WORKER = /^\/assets\/pdf-worker-[\w-]+\.js$/

/** Serves the built web app; its own addresses (`/targets/12`) all get index.html. Assets carry a hash in their names. */
export const staticWebPlugin = fp(async (app: FastifyInstance, options: { dist?: string }) => {
  const dist = options.dist ?? WEB_DIST
  const built = existsSync(join(dist, 'index.html'))
  if (!built) app.log.warn('web/dist is missing: run npm run build, then start again')
  if (built) await app.register(fastifyStatic, {
    root: dist,
    cacheControl: false, // said below
    wildcard: false, // one route a file: an address of the API that does not exist must not end here
    setHeaders: (response, path) => {
      response.setHeader('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.addHook('onSend', async (request, reply) => {
    const policy = reply.getHeader('content-security-policy')
    if (PDF_WORKER.test(request.url) && typeof policy === 'string') reply.header('content-security-policy', policy.replace(`script-src 'self'`, `script-src 'self' 'wasm-unsafe-eval'`))
  })
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/) !== null
      && !/\.[a-z0-9]+$/i.test(request.url.split('?')[0]!)
    if (!isPage) return reply.code(404).type('text/plain; charset=utf-8').send('not found')
    if (!built) return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').sendFile('index.html')
  })
}, { name: 'static-web' })

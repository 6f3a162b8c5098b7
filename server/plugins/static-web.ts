import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/** Where `npm run build` puts the web app. */
export const WEB_DIST = fileURLToPath(new URL('../../web/dist', import.meta.url))

const NOT_BUILT =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>政标</title><p>页面尚未构建：请在程序目录运行 npm run build，然后刷新。</p></html>'

/**
 * The thread that reads PDFs unpacks scanned pages (JBIG2, CCITT) with WebAssembly. A worker is bound by the policy of its
 * own script: only this one file may compile it; pages and JavaScript's own eval stay refused.
 */
const PDF_WORKER = /^\/assets\/pdf-worker-[\w-]+\.js$/

/** Files beside index.html that have a name of their own, such as `/icon.svg`. */
const NAMED = /^\/[\w-][\w.-]*\.\w+$/

/**
 * Serves the built web app; its own addresses (`/targets/12`) all get index.html. Assets carry a hash in their names and
 * go out as the build has compressed them. Everything is looked for when it is asked for: what is built after the start
 * of the server is served without another.
 */
export const staticWebPlugin = fp(
  async (app: FastifyInstance, options: { dist?: string }) => {
    const dist = options.dist ?? WEB_DIST
    const isBuilt = () => existsSync(join(dist, 'index.html'))
    if (!isBuilt()) app.log.warn('web/dist is missing: run npm run build')
    // One prefix, so that an address of the API that does not exist does not end here.
    await app.register(fastifyStatic, {
      root: join(dist, 'assets'),
      prefix: '/assets/',
      preCompressed: true,
      maxAge: '1y',
      immutable: true,
      index: false,
      setHeaders: (response) => {
        response.setHeader('vary', 'accept-encoding')
      },
    })
    app.addHook('onSend', async (request, reply) => {
      const policy = reply.getHeader('content-security-policy')
      if (PDF_WORKER.test(request.url) && typeof policy === 'string')
        reply.header(
          'content-security-policy',
          policy.replace(`script-src 'self'`, `script-src 'self' 'wasm-unsafe-eval'`),
        )
    })
    app.setNotFoundHandler(async (request, reply) => {
      const path = request.url.split('?')[0]!
      const reads = request.method === 'GET' || request.method === 'HEAD'
      const send = (name: string) =>
        reply.header('cache-control', 'no-cache').sendFile(name, dist, { cacheControl: false })
      if (reads && NAMED.test(path) && existsSync(join(dist, path))) return send(path.slice(1))
      const isPage =
        reads && (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/) !== null && !/\.[a-z0-9]+$/i.test(path)
      if (!isPage) return reply.code(404).type('text/plain; charset=utf-8').send('not found')
      if (!isBuilt()) return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
      return send('index.html')
    })
  },
  { name: 'static-web' },
)

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { VERSION } from '../version.ts'

/** Describes the API at /api/openapi.json, made from the schemas of the routes, with a page to read it at /api/docs. */
export const openapiPlugin = fp(
  async (app: FastifyInstance) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: '政标 API',
          version: VERSION,
          description: '错误以 application/problem+json 返回，code 为稳定代码。',
        },
        components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'zhengbiao' } } },
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    })

    app.get('/openapi.json', { config: { roles: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.type('application/json').send(JSON.stringify(app.swagger())),
    )

    // Routes of the page itself are made by its plugin, which knows nothing of our roles.
    await app.register(async (page) => {
      page.addHook('onRoute', (route) => {
        route.config = { ...route.config, roles: 'public' }
      })
      await page.register(swaggerUi, {
        routePrefix: '/docs',
        indexPrefix: '/api',
        staticCSP: false,
        uiConfig: { docExpansion: 'none', deepLinking: true },
      })
    })
  },
  { name: 'openapi', dependencies: ['access'] },
)

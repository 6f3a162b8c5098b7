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
          description: [
            '错误以 application/problem+json 返回，code 为稳定代码。',
            '其他系统用接口令牌访问：管理员在“系统—接口令牌”开具，请求头写 Authorization: Bearer zbt_…。',
            '令牌以所选账号的名义办理，看到的和能办的不超过该账号；read 可读取各项状态（GET），items 可新建事项（POST /api/items、POST /api/items/list）。到期或撤销后返回 401（invalid-token），超出权限返回 403（token-scope）。',
          ].join('\n\n'),
        },
        components: {
          securitySchemes: {
            session: { type: 'apiKey', in: 'cookie', name: 'zhengbiao' },
            token: { type: 'http', scheme: 'bearer', description: '接口令牌' },
          },
        },
        security: [{ session: [] }, { token: [] }],
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

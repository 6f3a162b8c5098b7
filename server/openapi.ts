/** `npm run client` (first half): writes the description of the API from which the client of the pages is generated. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../db/open.ts'
import { buildApp } from './app.ts'

const OUTPUT = fileURLToPath(new URL('../web/src/api/openapi.json', import.meta.url))

const database = openDatabase(':memory:')
const app = await buildApp({ database, dataDir: tmpdir(), limits: false })
const response = await app.inject({ url: '/api/openapi.json' })
mkdirSync(dirname(OUTPUT), { recursive: true })
writeFileSync(OUTPUT, `${JSON.stringify(response.json(), null, 2)}\n`)
await app.close()
database.$client.close()
console.log(
  `${Object.keys(response.json<{ paths: object }>().paths).length} addresses written to web/src/api/openapi.json`,
)

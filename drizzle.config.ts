import { defineConfig } from 'drizzle-kit'

/** `npm run db:generate` compares db/schema with the last snapshot and writes the next SQL migration. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './db/schema/index.ts',
  out: './db/migrations',
})

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'
import { type OpenDb, openDatabase } from '../db/open.ts'
import { buildApp } from './app.ts'
import { startNightly } from './backup/nightly.ts'
import type { Config } from './config.ts'
import { createLogger } from './logger.ts'
import { backupsDir, databasePath, pidPath } from './paths.ts'
import { startReminders } from './reminders/jobs.ts'
import { createSetupToken } from './session/setup.ts'

/** A server that runs. */
export interface Running {
  app: FastifyInstance
  database: OpenDb
  /** Where it listens: `http://127.0.0.1:3000`. */
  address: string
  /** Stops listening, finishes requests, closes the database. */
  stop: () => Promise<void>
}

export interface RunOptions {
  /** Between opening the database and listening: the demo loads its data here. */
  beforeStart?: (app: FastifyInstance) => Promise<void>
  /** For lines that a person reads; stdout unless told. */
  print?: (line: string) => void
  /** Off in the benchmark alone, which asks faster than any person and on machines that have other work. */
  limits?: boolean
}

/** How long requests may take to finish at the end, in milliseconds. */
const GRACE_MS = 10_000

/** Opens the database, builds the application, listens, and ends cleanly on a signal. The same for `npm start` and the demo. */
export async function run(config: Config, options: RunOptions = {}): Promise<Running> {
  const print = options.print ?? console.log
  const started = performance.now()
  mkdirSync(config.dataDir, { recursive: true })
  const logger = createLogger(config.logLevel)
  const database = openDatabase(databasePath(config.dataDir), {
    backupDir: backupsDir(config.dataDir),
    onMigrated: ({ before, applied, backup }) =>
      logger.info({ before, applied: applied.length, backup }, 'database migrated'),
  })
  try {
    const app = await buildApp({
      database,
      dataDir: config.dataDir,
      logger,
      https: config.https,
      publicUrl: config.publicUrl,
      trustProxy: config.trustProxy,
      limits: options.limits,
    })
    await app.ready()
    await options.beforeStart?.(app)
    const jobs: (() => void)[] = []
    const stop = async () => {
      jobs.forEach((stopJob) => stopJob())
      await app.close()
      database.$client.close()
      rmSync(pidPath(config.dataDir), { force: true })
    }
    const signals = stopOnSignals(app, stop) // before anybody is told that the server is there
    await app
      .listen({ port: config.port, host: config.host, listenTextResolver: () => 'listening' })
      .catch((error: unknown) => {
        signals.uninstall() // nothing to end: the error is told by who started us
        throw error
      })
    // Only a server that listens does daily work: one that could not start must not remind anybody.
    jobs.push(startNightly(app), startReminders(app, config.channels))
    const { port } = app.server.address() as AddressInfo
    const address = config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
    writeFileSync(pidPath(config.dataDir), String(process.pid))
    print(`政标 ${address} （启动用时 ${((performance.now() - started) / 1000).toFixed(1)} 秒）`)
    const token = createSetupToken(database, app.now())
    if (token) print(`尚无用户。请在 24 小时内用此一次性链接设置第一位管理员：\n  ${address}/setup/${token}`)
    return { app, database, address, stop }
  } catch (error) {
    database.$client.close()
    throw error
  }
}

/** Ends the server cleanly on Ctrl-C, SIGTERM or an error that nobody caught. */
function stopOnSignals(app: FastifyInstance, stop: () => Promise<void>): { uninstall: () => void } {
  return closeWithGrace({ delay: GRACE_MS, logger: false }, async ({ signal, err }) => {
    if (err) app.log.fatal({ err }, 'stopping after an error')
    else app.log.info({ signal }, 'stopping')
    await stop()
  })
}

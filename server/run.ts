import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'
import { startCheckpoints } from '../db/checkpoints.ts'
import { keepCopiesInMemory } from '../db/copies.ts'
import { Durability } from '../db/durability.ts'
import { type OpenDb, openDatabase } from '../db/open.ts'
import { buildApp } from './app.ts'
import { startNightly } from './backup/nightly.ts'
import { finishRestore } from './backup/restore.ts'
import type { Config } from './config.ts'
import { lockDataDir } from './data-lock.ts'
import { createLogger } from './logger.ts'
import { backupsDir, databasePath, exportsDir } from './paths.ts'
import { startWarming } from './reading/warm.ts'
import { startReminders } from './reminders/jobs.ts'
import { createSetupToken } from './session/setup.ts'

/** A server that runs. */
interface Running {
  app: FastifyInstance
  database: OpenDb
  /** Where it listens: `http://127.0.0.1:3000`. */
  address: string
  /** Stops listening, finishes requests, closes the database. */
  stop: () => Promise<void>
}

interface RunOptions {
  /** With the folder locked and nothing opened yet. */
  beforeOpen?: (dataDir: string) => void
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
  const logger = createLogger(config.logLevel)
  // Before anything is looked at or touched: what follows takes for granted that nobody else works in the folder.
  const lock = lockDataDir(config.dataDir)
  let database: OpenDb | null = null
  try {
    const finished = await finishRestore(config.dataDir)
    if (finished) logger.warn(finished, 'a restore that was broken off has been finished')
    options.beforeOpen?.(config.dataDir)
    rmSync(exportsDir(config.dataDir), { recursive: true, force: true })
    const opened = (database = openDatabase(databasePath(config.dataDir), {
      backupDir: backupsDir(config.dataDir),
      onMigrated: ({ before, applied, backup }) =>
        logger.info({ before, applied: applied.length, backup }, 'database migrated'),
    }))
    keepCopiesInMemory(opened.$client)
    const durability = new Durability(opened.$client)
    const app = await buildApp({
      database: opened,
      durability,
      dataDir: config.dataDir,
      logger,
      https: config.https,
      publicUrl: config.publicUrl,
      trustProxy: config.trustProxy,
      provider: config.provider,
      limits: options.limits,
      channels: config.channels,
    })
    await app.ready()
    await options.beforeStart?.(app)
    const stopCheckpoints = startCheckpoints(opened.$client)
    const jobs: (() => void)[] = []
    const stop = async () => {
      jobs.forEach((stopJob) => stopJob())
      await app.close()
      await stopCheckpoints()
      durability.close()
      opened.$client.close()
      lock.release()
    }
    const signals = stopOnSignals(app, stop) // before anybody is told that the server is there
    await app
      .listen({ port: config.port, host: config.host, listenTextResolver: () => 'listening' })
      .catch((error: unknown) => {
        signals.uninstall() // nothing to end: the error is told by who started us
        throw error
      })
    // Only a server that listens does daily work: one that could not start must not remind anybody.
    jobs.push(startNightly(app), startReminders(app), startWarming(app))
    const { port } = app.server.address() as AddressInfo
    const address = config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
    print(`政标 ${address} （启动用时 ${((performance.now() - started) / 1000).toFixed(1)} 秒）`)
    const token = createSetupToken(opened, app.now())
    if (token) print(`尚无账号。请在 24 小时内用此一次性链接设置第一位管理员：\n  ${address}/setup/${token}`)
    return { app, database: opened, address, stop }
  } catch (error) {
    database?.$client.close()
    lock.release()
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

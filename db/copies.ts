import type Sqlite from 'better-sqlite3'

/**
 * Lets a connection keep in memory what it needs to take a part of a transaction back: a copy of each page that the part
 * has changed. SQLite would write them into a file from the sixteenth on, and make and remove that file in each of several
 * steps that share a transaction. For a connection whose parts are small, as those of steps are: sorts that are larger than
 * its cache are kept in memory too.
 */
export const keepCopiesInMemory = (client: Sqlite.Database): void => void client.pragma('temp_store = MEMORY')

import type { Readable } from 'node:stream'
import type yazl from 'yazl'

/** Adds a part that is made while the zip is sent; an error in making it is an error of the zip. */
export function addStream(zip: yazl.ZipFile, name: string, make: () => Readable): void {
  zip.addReadStreamLazy(name, (done) => {
    const part = make()
    part.on('error', (error) => zip.emit('error', error))
    done(null, part)
  })
}

/** The bytes of a zip; an error in one of its parts breaks them off, instead of letting them end as if they were whole. */
export function bytesOf(zip: yazl.ZipFile): Readable {
  const out = zip.outputStream as Readable
  zip.on('error', (error: Error) => out.destroy(error))
  return out
}

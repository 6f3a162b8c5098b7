/** Shorter answers fit into one packet as they are. */
export const LEAST_COMPRESSED = 1024

/**
 * The quickest level: JSON of lists shrinks to a ninth at a millisecond for each 200 KB; level 6 takes twice as long for a
 * sixth less.
 */
export const GZIP_LEVEL = 1

/** Whether a client that sent this `Accept-Encoding` takes gzip (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map(
    (header ?? '').split(',').map((offer) => {
      const [coding, ...parameters] = offer.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))]
    }),
  )
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0
}

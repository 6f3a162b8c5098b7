/** Takes all the memory or all the time there is, as a file made for it would. */
export default async function take(what: 'memory' | 'time' | 'nothing'): Promise<string> {
  if (what === 'time') await new Promise(() => setInterval(() => {}, 1000))
  const heap: number[][] = []
  while (what === 'memory') heap.push(Array.from({ length: 100_000 }, (_, i) => i / 3))
  return 'done'
}

/** Characters that no system allows in the name of a file. */
const NOT_IN_NAMES = /[\\/:*?"<>|\r\n\t]+/g

/** Pasted words as a file called by its title; the title stands above them, and where they come from below it. */
export function textFile(title: string, source: string, text: string): File {
  const [name, from] = [title.trim(), source.trim()]
  const body = text.replace(/\r\n?/g, '\n').trim()
  const first = body.slice(0, 400).replace(/\s/g, '')
  const head = first.includes(name.replace(/\s/g, '')) ? [] : [name]
  if (from !== '') head.push(`来源：${from}`)
  return new File([[...head, body, ''].join('\n')], `${name.replace(NOT_IN_NAMES, ' ').slice(0, 100)}.txt`, {
    type: 'text/plain',
  })
}

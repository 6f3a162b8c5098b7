import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Document, Packer, Paragraph } from 'docx'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { toCsv } from '../../../server/cli/extract-csv.ts'
import { extract } from '../../../extractors/extract.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'extract-'))
const TEXT =
  '云川市人民政府\n关于发展农业的意见\n云府发〔2016〕5号\n各县市区人民政府：\n一、目标\n到2020年，建成高标准农田130万亩。（牵头单位：市农业局；责任单位：市财政局）\n云川市人民政府\n2016年3月3日\n'

afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', 'server/cli/extract.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 240_000, // nothing else ends it: a test that waits here has no clock
  })
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('extract from the command line', () => {
  test('json holds every file; one that cannot be read is told of and the rest is printed', () => {
    const { status, stdout, stderr } = run(
      file('good.txt', TEXT),
      join(folder, 'missing.txt'),
      file('bytes.txt', Buffer.from([0xff, 0xfe, 0x00])),
      '--format',
      'json',
    )
    expect(status).toBe(1)
    const { files } = JSON.parse(stdout) as {
      files: {
        file: string
        documents: { number: string }[]
        targets: { start: number; end: number }[]
        duties: { lead: string[] }[]
      }[]
    }
    expect(files.map(({ file: name, documents, duties }) => [name, documents[0]?.number, duties[0]?.lead])).toEqual([
      ['good.txt', '云府发〔2016〕5号', ['市农业局']],
    ])
    expect(files[0]?.targets.map(({ start, end }) => TEXT.slice(start, end))).toContain('130')
    expect(stderr.split('\n').filter((line) => line.startsWith('cannot read'))).toHaveLength(2)
  })

  test('reads what the import reads, and counts offsets in the text as a program reads it', async () => {
    const docx = await Packer.toBuffer(
      new Document({ sections: [{ children: TEXT.split('\n').map((line) => new Paragraph(line)) }] }),
    )
    const html = `<html><head><title>公报</title></head><body>${TEXT.split('\n')
      .map((line) => `<p>${line}</p>`)
      .join('')}</body></html>`
    const plain = [
      file('plain.txt', TEXT),
      file('mark.txt', `\uFEFF${TEXT}`),
      file('crlf.txt', TEXT.replaceAll('\n', '\r\n')),
    ]
    const { status, stdout, stderr } = run(
      ...plain,
      file('gbk.txt', iconv.encode(TEXT, 'gb18030')),
      file('page.html', html),
      file('word.docx', docx),
      file('broken.docx', 'PK'),
      '--format',
      'json',
    )
    const { files } = JSON.parse(stdout) as {
      files: { file: string; targets: { value: number; start: number; end: number }[]; duties: { lead: string[] }[] }[]
    }
    expect(files.map((f) => [f.file, f.targets[0]?.value, f.duties[0]?.lead])).toEqual(
      ['plain.txt', 'mark.txt', 'crlf.txt', 'gbk.txt', 'page.html', 'word.docx'].map((name) => [
        name,
        130,
        ['市农业局'],
      ]),
    )
    for (const [i, path] of plain.entries()) {
      const { start, end } = files[i]!.targets[0]!
      expect(readFileSync(path, 'utf8').slice(start, end), path).toContain('130')
    }
    expect([status, stderr.match(/^cannot read .*broken\.docx: .*docx/gm)?.length]).toEqual([1, 1])
  })

  test('text explains which words gave which field', () => {
    const { status, stdout } = run(file('explained.txt', TEXT), '--explain')
    expect(status).toBe(0)
    expect(stdout).toContain('deadline: “到2020年”')
    expect(stdout).toContain('牵头: 市农业局')
    expect(stdout).toMatch(/支持: .*verb \+2.* {2}反对: 无 {2}合计: \d/)
  })

  test('an unknown format is refused with the usage', () => {
    const { status, stderr } = run('--format', 'xml', 'a.txt')
    expect(status).toBe(2)
    expect(stderr).toContain('usage:')
  })
})

test('csv keeps a formula in the text from being one', () => {
  const csv = toCsv([{ file: '=cmd.txt', ...extract(TEXT) }])
  expect(csv.split('\r\n').every((line) => !/^[=+@-]/.test(line))).toBe(true)
  expect(csv).toContain("'=cmd.txt")
})

import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { documentsIn } from '../../../server/readers/batch.ts'
import { DEFAULT_LIMITS, type ReadError } from '../../../server/readers/types.ts'
import { zip } from './files.ts'

const take = async (bytes: Buffer, limits = DEFAULT_LIMITS, most = 3) => {
  const names: string[] = []
  for await (const { name, bytes: own } of documentsIn({ bytes, fileName: '批.zip' }, limits, most))
    names.push(own === null ? `${name} 过大` : `${name} ${own.length}`)
  return names
}
const entry = (name: string | Buffer, size = 1) => ({ name: name as string, data: Buffer.alloc(size, 'a') })

describe('a zip of documents', () => {
  it('gives its files without folders and what systems put beside them', async () => {
    expect(
      await take(
        zip([
          entry('文件/'),
          entry('文件/甲.txt'),
          entry('__MACOSX/文件/._甲.txt'),
          entry('.DS_Store'),
          entry('文件/~$乙.docx'),
          entry('乙.docx', 5),
        ]),
      ),
    ).toEqual(['甲.txt 1', '乙.docx 5'])
  })
  it('has names in GBK where Chinese Windows made it', async () => {
    expect(await take(zip([entry(iconv.encode('实施方案.docx', 'gbk'))]))).toEqual(['实施方案.docx 1'])
  })
  it('tells which file is too large and takes the others', async () => {
    expect(await take(zip([entry('大.txt', 200), entry('小.txt')]), { ...DEFAULT_LIMITS, bytes: 100 })).toEqual([
      '大.txt 过大',
      '小.txt 1',
    ])
  })
  it.each([
    ['too-large', zip(['a', 'b', 'c', 'd'].map((name) => entry(name)))],
    ['unpacks-too-large', zip([entry('a', 2000)])],
    ['encrypted', zip([{ ...entry('a'), encrypted: true }])],
    ['empty', zip([entry('空/')])],
    ['broken', zip([entry('a')]).subarray(0, 40)],
  ])('is refused: %s', async (code, bytes) => {
    const error = await take(bytes, { ...DEFAULT_LIMITS, unpacked: 1000 }).catch((e: ReadError) => e)
    expect(error).toMatchObject({ code, message: expect.stringContaining('《批.zip》') })
  })
})

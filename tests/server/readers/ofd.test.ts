import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ReadError } from '../../../server/readers/types.ts'
import { extract } from '../../../extractors/extract.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { apply } from '../../../server/readers/layout/matrix.ts'
import { zip } from './files.ts'
import { bytes, layer, NS, ofd, type Parts, picture, pictureResources, rule, words } from './ofd-files.ts'

const read = async (parts: Parts) => (await readDocument({ bytes: ofd(parts), fileName: '通知.ofd' })).text
const refusal = (file: Buffer) =>
  readDocument({ bytes: file, fileName: '通知.ofd' }).then(
    () => null,
    (error: ReadError) => `${error.code} ${error.message}`,
  )

describe('OFD', () => {
  it('objects of one line are joined by place, whatever their order; digits stand in objects of their own', async () => {
    const objects =
      words('年底前建成', 50, 40) +
      words('2027', 40, 40, '', '2.5 2.5 2.5') +
      words('到', 35, 40) +
      words('标题', 90, 20)
    expect(await read({ pages: [layer(objects)] })).toBe('标题\n到2027年底前建成')
  })
  it('distances may repeat, and part words of two cells', async () => {
    const row = (y: number, a: string, b: string, c: string) =>
      words(`${a}${b}${c}`, 30, y, '', `g ${a.length - 1} 5 40 g ${b.length - 1} 5 40 g ${c.length - 1} 5`)
    const text = await read({
      pages: [
        layer(row(30, '任务', '单位', '时限') + row(38, '修路', '甲局', '年底') + row(46, '架桥', '乙局', '年中')),
      ],
    })
    expect(text).toBe('任务\t单位\t时限\n修路\t甲局\t年底\n架桥\t乙局\t年中')
  })
  it('a matrix moves, widens and turns', async () => {
    expect(await read({ pages: [layer(words('甲', 30, 40, 'CTM="2 0 0 2 10 0"') + words('乙', 60, 45))] })).toBe(
      '甲　乙',
    )
    const turned = 'CTM="0 1 -1 0 0 0"'
    expect(
      await read({ pages: [layer(words('第二行文字', 30, 40, turned) + words('第一行文字', 60, 40, turned))] }),
    ).toBe('第一行文字\n第二行文字')
  })
  it('letters below one another are one word, and a page of them is read from the right', async () => {
    const column = (text: string, x: number) =>
      `<ofd:TextObject ID="2" Boundary="${x} 30 6 200" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaY="g ${text.length - 1} 6">${text}</ofd:TextCode></ofd:TextObject>`
    const beside = {
      pages: [layer(column('牵头单位', 20) + words('年底前建闸三座。', 40, 32) + words('植树两万株。', 40, 44))],
    }
    expect((await read(beside)).split('\n').map((line) => line.replace(/\s/g, ''))).toEqual([
      '牵头单位年底前建闸三座。',
      '植树两万株。',
    ])
    const page = {
      pages: [layer(column('改造管网三十公里', 150) + column('新建公园十二座', 160) + words('7', 100, 285))],
    }
    expect((await read(page)).replace(/\s/g, '')).toBe('新建公园十二座改造管网三十公里')
  })
  it('blocks in blocks, templates below, composite objects by their number', async () => {
    const unit = `<ofd:Res ${NS}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content><ofd:PageBlock>${words('部件', 0, 0)}</ofd:PageBlock></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`
    const text = await read({
      common: '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/T.xml"/>',
      pages: [
        `<ofd:Template TemplateID="7"/>${layer(`<ofd:PageBlock><ofd:PageBlock>${words('正文', 30, 60)}</ofd:PageBlock></ofd:PageBlock><ofd:CompositeObject ResourceID="9" Boundary="30 90 50 10"/>`)}`,
      ],
      more: [
        { name: 'Doc_0/PublicRes.xml', data: bytes(unit) },
        { name: 'Doc_0/Tpls/T.xml', data: bytes(`<ofd:Page ${NS}>${layer(words('文件头', 30, 40))}</ofd:Page>`) },
      ],
    })
    expect(text).toBe('文件头\n正文\n部件')
  })
  it('running heads and feet of a template are left out on a single page too, its letterhead is not', async () => {
    const small = (text: string, y: number) => words(text, 30, y).replace('Size="5"', 'Size="3.5"')
    const template = words('霁川市人民政府', 30, 15).replace('Size="5"', 'Size="9"') + small('督查专报 内部资料', 8)
    const text = await read({
      common: '<ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/T.xml"/>',
      pages: [`<ofd:Template TemplateID="7"/>${layer(small('正文', 60) + small('落款', 200))}`],
      more: [
        {
          name: 'Doc_0/Tpls/T.xml',
          data: bytes(`<ofd:Page ${NS}>${layer(template + small('霁川市人民政府督查室印', 285))}</ofd:Page>`),
        },
      ],
    })
    expect(text).toBe('霁川市人民政府\n正文\n落款')
  })
  it('tables by their rules, with a cell over two rows', async () => {
    const grid =
      [20, 30, 40].map((y) => rule(y === 30 ? 60 : 20, y, 140, y)).join('') +
      [20, 60, 100, 140].map((x) => rule(x, 20, x, 40)).join('')
    const cells =
      words('类别', 25, 27) +
      words('指标', 65, 22) +
      words('90', 105, 22, '', '2.5') +
      words('覆盖率', 65, 32) +
      words('95', 105, 32, '', '2.5')
    expect(await read({ pages: [layer(grid + cells)] })).toBe('类别\t指标\t90\n类别\t覆盖率\t95')
  })
  it('pages are parted, running heads and page numbers left out, hidden objects and annotations too', async () => {
    const pages = ['甲', '乙', '丙'].map((word, i) =>
      layer(
        words('霁川市人民政府文件', 70, 10) +
          words(word, 30, 60) +
          words(`— ${i + 1} —`, 95, 280) +
          words('隐', 30, 80, 'Visible="false"'),
      ),
    )
    const notes = {
      name: 'Doc_0/Annots/Page_0/Annot.xml',
      data: bytes(`<ofd:PageAnnot ${NS}>${words('批注', 30, 30)}</ofd:PageAnnot>`),
    }
    expect(await read({ pages, more: [notes] })).toBe('甲\n\f\n乙\n\f\n丙')
  })
  it('a paragraph that the end of a page cuts stays one line, which the extraction reads as one', async () => {
    const line = (text: string, y: number) => words(text, 30, y)
    const first = [
      '　　各有关单位要认真落实各项任务分工，加强协同',
      '配合，压实工作责任。到二〇二七年底，全市公共机',
      '构能源资源节约工作走在前列，公共机构节水器具普',
    ]
    const second = ['及率达到95%以上。（责任单位：市水务局）']
    const text = await read({
      pages: [layer(first.map((own, i) => line(own, 230 + i * 10)).join('')), layer(line(second[0]!, 40))],
    })
    expect(text).toBe(`${first.join('')}\f${second[0]}`)
    expect(extract(text).targets).toMatchObject([
      { indicator: '公共机构节水器具普及率', value: 95, responsible: ['市水务局'] },
    ])
  })
  it('prefixes, letters of paths and entities as programs like them', async () => {
    const file = zip([
      {
        name: '/ofd.XML',
        data: Buffer.from(
          '<a:OFD xmlns:a="http://www.ofdspec.org/2016"><a:DocBody><a:DocRoot>/DOC_0\\document.xml</a:DocRoot></a:DocBody></a:OFD>',
        ),
      },
      {
        name: 'Doc_0/Document.xml',
        data: Buffer.from(
          '<Document xmlns="http://www.ofdspec.org/2016"><Pages><Page ID="1" BaseLoc="../Doc_0/p.xml"/></Pages></Document>',
        ),
      },
      {
        name: 'Doc_0/P.xml',
        data: Buffer.from(
          `<Page xmlns="http://www.ofdspec.org/2016">${layer(words('甲&#x20;乙', 30, 30)).replaceAll('ofd:', '')}</Page>`,
        ),
      },
    ])
    expect((await readDocument({ bytes: file, fileName: 'a.bin' })).text).toBe('甲 乙')
  })
  it('markup that is indented: its blanks are none of the words', async () => {
    const indented = words('年底前建成', 50, 40).replace('年底前建成', '\n      年底前建成\n    ')
    expect(await read({ pages: [layer(words('2027', 40, 40, '', '2.5 2.5 2.5') + indented)] })).toBe('2027年底前建成')
  })
  it('several documents in one package are read one behind the other, each with its own resources', async () => {
    const shape = (text: string) =>
      bytes(
        `<ofd:Res ${NS}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>${words(text, 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`,
      )
    const page = (text: string) =>
      layer(`${words(text, 30, 40)}<ofd:CompositeObject ResourceID="9" Boundary="30 60 50 10"/>`)
    const text = await read({
      common: '<ofd:PublicRes>Res.xml</ofd:PublicRes>',
      pages: [page('请示')],
      roots: ['Doc_1/Document.xml'],
      more: [
        { name: 'Doc_0/Res.xml', data: shape('甲印') },
        {
          name: 'Doc_1/Document.xml',
          // Its paths are written from the root of the package.
          data: bytes(
            `<ofd:Document ${NS}><ofd:CommonData><ofd:DocumentRes>Doc_1/Res.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Doc_1/P.xml"/></ofd:Pages></ofd:Document>`,
          ),
        },
        { name: 'Doc_1/Res.xml', data: shape('乙印') },
        { name: 'Doc_1/P.xml', data: bytes(`<ofd:Page ${NS}>${page('批复')}</ofd:Page>`) },
      ],
    })
    expect(text).toBe('请示\n甲印\n\f\n批复\n乙印')
  })
  it('signed and sealed ones open; a seal neither hides nor adds words', async () => {
    const seal = readFileSync(new URL('files/scan.jpg', import.meta.url))
    const sealed = ofd({
      pages: [layer(words('到2027年建成', 30, 40) + words('霁川市水利局', 120, 240) + picture(3, 120, 220, 42, 42))],
      common: '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>',
      more: [
        { name: 'Doc_0/PublicRes.xml', data: pictureResources({ 3: 'seal.jpg' }) },
        { name: 'Doc_0/Res/seal.jpg', data: seal },
        {
          name: 'Doc_0/Signs/Signatures.xml',
          data: bytes(
            `<ofd:Signatures ${NS}><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>`,
          ),
        },
        {
          name: 'Doc_0/Signs/Sign_0/Signature.xml',
          data: bytes(
            `<ofd:Signature ${NS}><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="1" Boundary="120 220 42 42"/></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`,
          ),
        },
        { name: 'Doc_0/Signs/Sign_0/SignedValue.dat', data: Buffer.alloc(300, 0x30) },
        { name: 'Doc_0/Signs/Sign_0/Seal.esl', data: ofd({ pages: [layer(words('印章文字', 0, 0))] }) },
        {
          name: 'Doc_0/Annots/Page_0/Annotation.xml',
          data: bytes(
            `<ofd:PageAnnot ${NS}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="0 0 210 297">${words('收文章', 0, 0)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>`,
          ),
        },
      ],
    })
    const result = await readDocument({ bytes: sealed, fileName: '通知.ofd' })
    expect(result.text).toBe('到2027年建成\n霁川市水利局')
    expect(result.notes).toBeUndefined()
  })
  it('a page whose font tells no letters is said to be unread, and gives no nonsense', async () => {
    const nonsense = words('\uE123\uE5A0\uE712\uE004'.repeat(8), 30, 40)
    const result = await readDocument({
      bytes: ofd({ pages: [layer(words('到2027年建成', 30, 40)), layer(nonsense)] }),
      fileName: '通知.ofd',
    })
    expect(result.text.trim()).toBe('到2027年建成')
    expect(result.notes).toEqual(['第 2 页的文字无法识别，没有读出。'])
  })
  it('a scanned page is read from its picture, one that cannot be opened is said to be unread', async () => {
    const page = (id: number) => layer(words('- 1 -', 95, 285) + picture(id, 0, 0, 210, 297))
    const read: number[] = []
    const result = await readDocument({
      bytes: ofd({
        pages: [page(3), page(4)],
        common: '<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>',
        more: [
          { name: 'Doc_0/DocumentRes.xml', data: pictureResources({ 3: 'a.jpg', 4: 'b.jpg' }) },
          { name: 'Doc_0/Res/a.jpg', data: readFileSync(new URL('files/scan.jpg', import.meta.url)) },
          { name: 'Doc_0/Res/b.jpg', data: Buffer.from('no picture at all') },
        ],
      }),
      fileName: '扫描.ofd',
      onPage: (number) => read.push(number),
    })
    expect(result.format).toBe('ofd')
    expect(read).toEqual([1, 2])
    expect(result.text).toMatch(/水位监测站.*260个/)
    const { toPage, words: found } = result.pages![0]!.scan!
    expect(found.length).toBeGreaterThan(20)
    for (const { box } of found)
      for (const share of [...apply(toPage, box[0], box[1]), ...apply(toPage, box[2], box[3])])
        expect(share > -0.01 && share < 1.01).toBe(true)
    expect(result.notes).toEqual(['第 2 页的文字无法识别，没有读出。'])
  })
  it.each([
    ['encrypted', ofd({ pages: [layer('')], more: [{ name: 'Encryptions.xml', data: bytes('<a/>') }] })],
    ['encrypted', ofd({ pages: [layer('')], more: [{ name: 'Doc_0/x', data: bytes('<a/>'), encrypted: true }] })],
    ['broken', ofd({ pages: [layer('')], root: 'Doc_1/Document.xml' })],
    ['broken', ofd({ pages: ['<!--'] })],
    ['broken', ofd({ pages: [layer(words('甲', 30, 30))] }).subarray(0, 400)],
    ['too-large', ofd({ pages: Array.from({ length: 5001 }, () => '') })],
    ['no-text', ofd({ pages: [layer('')] })],
  ])('%s ones say so', async (code, file) => {
    expect(await refusal(file)).toMatch(new RegExp(`^${code} 《通知.ofd》`))
  })
})

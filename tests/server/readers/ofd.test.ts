import { describe, expect, it } from 'vitest'
import type { ReadError } from '../../../server/readers/index.ts'
import { extract } from '../../../extractors/extract.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { zip } from './files.ts'
import { bytes, layer, NS, ofd, type Parts, rule, words } from './ofd-files.ts'

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

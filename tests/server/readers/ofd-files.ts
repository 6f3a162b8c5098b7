import { zip } from './files.ts'

export const NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
export const bytes = (xml: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)

export interface Parts {
  pages: string[]
  common?: string
  root?: string
  /** Roots of further documents in the same package, whose parts are among `more`. */
  roots?: string[]
  more?: { name: string; data: Buffer; encrypted?: boolean }[]
}

/** An OFD of these pages, each with what stands in its Page element. */
export function ofd({ pages, common = '', root = 'Doc_0/Document.xml', roots = [], more = [] }: Parts): Buffer {
  return zip([
    {
      name: 'OFD.xml',
      data: bytes(
        `<ofd:OFD ${NS}>${[root, ...roots].map((one) => `<ofd:DocBody><ofd:DocRoot>${one}</ofd:DocRoot></ofd:DocBody>`).join('')}</ofd:OFD>`,
      ),
    },
    {
      name: 'Doc_0/Document.xml',
      data: bytes(
        `<ofd:Document ${NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>${common}</ofd:CommonData><ofd:Pages>${pages.map((_, i) => `<ofd:Page ID="${i + 1}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`,
      ),
    },
    ...pages.map((content, i) => ({
      name: `Doc_0/Pages/Page_${i}/Content.xml`,
      data: bytes(`<ofd:Page ${NS}>${content}</ofd:Page>`),
    })),
    ...more,
  ])
}

export const layer = (objects: string) => `<ofd:Content><ofd:Layer ID="1">${objects}</ofd:Layer></ofd:Content>`
/** Words at a place in millimetres, type of 5 mm. */
export const words = (text: string, x: number, y: number, more = '', delta = '') =>
  `<ofd:TextObject ID="2" Boundary="${x} ${y} 150 6" Font="1" Size="5" ${more}><ofd:TextCode X="0" Y="5"${delta && ` DeltaX="${delta}"`}>${text}</ofd:TextCode></ofd:TextObject>`
export const rule = (x1: number, y1: number, x2: number, y2: number) =>
  `<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.3"><ofd:AbbreviatedData>M ${x1} ${y1} L ${x2} ${y2}</ofd:AbbreviatedData></ofd:PathObject>`

/** A picture that fills a box in millimetres, by the id of its resource. */
export const picture = (id: number, x: number, y: number, width: number, height: number) =>
  `<ofd:ImageObject ID="8" ResourceID="${id}" Boundary="${x} ${y} ${width} ${height}" CTM="${width} 0 0 ${height} 0 0"/>`
/** A resource file with pictures by their ids, in the folder Res beside it. */
export const pictureResources = (files: Record<number, string>) =>
  bytes(
    `<ofd:Res ${NS} BaseLoc="Res"><ofd:MultiMedias>${Object.entries(files)
      .map(
        ([id, file]) =>
          `<ofd:MultiMedia ID="${id}" Type="Image"><ofd:MediaFile>${file}</ofd:MediaFile></ofd:MultiMedia>`,
      )
      .join('')}</ofd:MultiMedias></ofd:Res>`,
  )

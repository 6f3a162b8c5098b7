import { bulletinPaper } from '../../db/domain/bulletin-paper.ts'
import { dateWords } from '../../db/domain/dates.ts'
import {
  addressee,
  annexHead,
  annexNote,
  body,
  contents,
  heading,
  officialDocument,
  type PaperPart,
  redHead,
  signature,
  table,
  title,
} from '../core/gbt9704.ts'
import type { Bulletin } from './schemas.ts'

/** 通报 in the layout of official documents: what was edited as text, the figures as annexes. `on` is the date it bears. */
export function bulletinDocx(bulletin: Bulletin, on: string): Promise<Buffer> {
  const { words, office } = bulletin
  const paper = bulletinPaper(bulletin)
  const letter: PaperPart = {
    landscape: false,
    children: [
      ...redHead(office, paper.number, paper.signer),
      title(bulletin.title),
      addressee(paper.addressee),
      ...paper.sections.flatMap((section, i) => [
        ...(section.heading === null ? [] : [heading(section.heading)]),
        ...body(words[section.key], { isLast: i === paper.sections.length - 1 }),
      ]),
      ...annexNote(paper.annexes.map((annex) => annex.title)),
      ...signature(office, dateWords(on)),
    ],
  }
  const list: PaperPart = {
    landscape: false,
    children: contents(
      paper.annexes.map(({ key, mark, title: name, size }) => ({ id: key, text: `${mark}\u3000${name}（${size}）` })),
    ),
  }
  const annexes = paper.annexes.map((annex): PaperPart => ({
    landscape: annex.table.landscape,
    children: [...annexHead(annex.key, annex.mark, annex.title), table(annex.table)],
  }))
  return officialDocument(bulletin.title, [letter, ...(paper.contents ? [list] : []), ...annexes])
}

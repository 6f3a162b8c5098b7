import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FILE_FORMS, FORM_IDS, formOf, FORMS, FORMS_IN_WORDS } from '../../../server/readers/forms.ts'
import { SHEET_FORMS, SHEETS_IN_WORDS } from '../../../server/readers/forms.ts'

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')

it('the documentation names exactly the forms that are read', () => {
  expect(read('README.md')).toContain(`(${FILE_FORMS.map(({ title }) => title).join(', ')}, and zips of them)`)
  expect(read('README.zh-CN.md')).toContain(`（${FORMS_IN_WORDS}，以及它们的 zip 压缩包）`)
})

it('and exactly those of lists', () => {
  expect(read('README.md')).toContain(`brought in from ${SHEET_FORMS.map(({ title }) => title).join(', ')}\n`)
  expect(read('README.zh-CN.md')).toContain(`都可以用 ${SHEETS_IN_WORDS} 整批导入`)
})

it('and exactly those whose originals are drawn', () => {
  const drawn = FILE_FORMS.filter(({ drawing }) => drawing !== null).map(({ title }) => title)
  expect(read('README.md')).toContain(`(${drawn.join(', ')} drawn as they look, the others as their text)`)
  expect(read('README.zh-CN.md')).toContain(`（${drawn.join('、')} 照原样画出，其余显示取出的文字）`)
})

it('each form has endings of its own, and is found by its id', () => {
  const endings = FORMS.flatMap((form) => [...form.endings])
  expect(new Set(endings).size).toBe(endings.length)
  for (const id of FORM_IDS) expect(formOf(id).id).toBe(id)
})

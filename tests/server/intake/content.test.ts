import { describe, expect, it } from 'vitest'
import type { IntakeKind } from '../../../db/domain/intake-terms.ts'
import { gridOfText, guessLayout } from '../../../server/intake/grid.ts'

const columnsOf = (kind: IntakeKind, text: string) => guessLayout(kind, [gridOfText(text)], new Map()).columns

describe('a pasted list without a header', () => {
  it.each<[kind: IntakeKind, what: string, text: string, columns: string[]]>([
    ['units', 'names alone', '云川市教育局\n云川市民政局', ['name']],
    [
      'units',
      'running numbers before the names, short names and others behind',
      '1\t云川市教育局\t市教育局\t市教委、市教育委员会\t市级\n2\t云川市民政局\t市民政局\t\t市级',
      ['', 'name', 'shortName', 'aliases', 'level'],
    ],
    [
      'people',
      'the unit before the person',
      '云川市教育局\t林远\tlinyuan\t13800000001\n城东区\t司马长风\tsima\t0816-2345678',
      ['unit', 'displayName', 'username', 'telephone'],
    ],
    [
      'people',
      'a number, a person and what it is',
      '1 林远 部门 云川高新技术公司\n2 秦川 督查室',
      ['', 'displayName', 'role', 'unit'],
    ],
    [
      'ledger',
      'as an office keeps it',
      '1\t新建改扩建幼儿园\t18所\t市教育局\t市财政局、市住房城乡建设局\t2026年12月底\n2\t改造老旧小区\t不低于60个\t市住房城乡建设局\t市财政局\t2026年底前',
      ['number', 'indicator', 'value', 'responsible', 'support', 'deadline'],
    ],
    ['ledger', 'items alone', '加快推进城市快速路建设\n完善社区养老服务', ['indicator']],
  ])('%s: %s', (kind, _what, text, columns) => {
    expect(columnsOf(kind, text)).toEqual(columns)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SEEDS_DIR } from '../../seeds/load.ts'
import { type Random, seeded } from './random.ts'

const WHO = [
  '各县（区）人民政府',
  '市政府有关部门',
  '各责任单位',
  '各乡镇（街道）',
  '行业主管部门',
  '相关企业和社会组织',
  '新闻媒体',
  '各级领导干部',
]
const HOW = [
  '要切实提高思想认识',
  '应当建立健全工作机制',
  '要加强组织领导和统筹协调',
  '须严格落实主体责任',
  '要注重总结推广好的经验',
  '应及时研究解决存在的问题',
  '要加大宣传引导力度',
  '须规范资金使用和项目管理',
]
const WHY = [
  '确保各项任务落到实处',
  '推动形成齐抓共管的良好局面',
  '为高质量发展提供有力支撑',
  '不断增强群众的获得感和满意度',
  '切实维护公平公正的市场秩序',
  '促进资源要素合理流动',
  '营造全社会共同参与的浓厚氛围',
  '防止出现形式主义和层层加码',
]

/** Bytes of plain prose for one byte of the demo's documents: gazettes promise something about once in a kilobyte. */
const PROSE = 6

/**
 * A text of so many bytes that is like a gazette: the demo's documents over and over, each time under another number,
 * each followed by paragraphs that promise nothing.
 */
export function largeText(bytes: number): string {
  const folder = join(SEEDS_DIR, 'documents')
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  const random = seeded(7)
  const parts: string[] = []
  for (let i = 0, size = 0; size < bytes; i++) {
    const text = texts[i % texts.length]!.replace(/(〔\d{4}〕)\d+(号)/g, `$1${i + 1}$2`)
    const part = `${text}\n${prose(random, text.length * PROSE)}`
    parts.push(part)
    size += Buffer.byteLength(part)
  }
  return parts.join('\n')
}

function prose(random: Random, characters: number): string {
  const lines: string[] = []
  for (let length = 0; length < characters;) {
    const sentence = () =>
      `${random.pick(WHO)}${random.pick(HOW)}，${random.pick(HOW).replace(/^(?:要|应当?|须)/, '')}，${random.pick(WHY)}。`
    const line = `\u3000\u3000${Array.from({ length: 2 + random.below(4) }, sentence).join('')}`
    lines.push(line)
    length += line.length
  }
  return lines.join('\n')
}

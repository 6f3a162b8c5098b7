import { describe, expect, it } from 'vitest'
import { nameOfFound } from '../../../server/core/candidates.ts'

describe('the name of a candidate', () => {
  it.each([
    ['2.搭建政务平台', '搭建政务平台'],
    ['２．搭建政务平台', '搭建政务平台'],
    ['3．建设企业级平台', '建设企业级平台'],
    ['一、支持平台建设', '支持平台建设'],
    ['（二）完善服务体系', '完善服务体系'],
    ['(三) 完善服务体系', '完善服务体系'],
    ['④健全机制', '健全机制'],
    ['3.5万亩高标准农田建设', '3.5万亩高标准农田建设'],
    ['一二三产业融合', '一二三产业融合'],
    ['（1）制定出台《考核办法》。', '制定出台《考核办法》'],
    ['修订保护方案，明确任务清单；', '修订保护方案，明确任务清单'],
    ['森林覆盖率', '森林覆盖率'],
    ['十四、', '十四、'],
  ])('%s', (found, name) => {
    expect([nameOfFound({ clause: found }), nameOfFound({ task: found }), nameOfFound({ indicator: found })]).toEqual([
      name,
      name,
      name,
    ])
  })
})

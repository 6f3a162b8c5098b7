import { expect, it } from 'vitest'
import { documentShort } from '../../db/domain/document-short.ts'

it.each([
  ['某市人民政府办公室关于印发某市交通重点项目建设计划的通知', '某市交通重点项目建设计划'],
  ['关于印发《某市空气质量改善方案》的通知', '某市空气质量改善方案'],
  ['某市人民政府关于推进养老服务体系建设的实施意见', '关于推进养老服务体系建设的实施意见'],
  ['2026年政府工作报告', '2026年政府工作报告'],
  ['关于印发规划的通知', '关于印发规划的通知'],
])('%s is about %s', (title, short) => expect(documentShort(title)).toBe(short))

import { ElMessage } from 'element-plus'
import 'element-plus/es/components/message/style/css'
import type { ApiProblem } from '../api/problem.ts'

/** Short messages at the top of the window, read out by screen readers. Text only, never markup. */
export const tell = {
  done: (message: string) => ElMessage({ type: 'success', message, showClose: true, duration: 3000 }),
  note: (message: string) => ElMessage({ type: 'info', message, showClose: true, duration: 4000 }),
  problem: (problem: ApiProblem) =>
    ElMessage({ type: 'error', message: problem.message, showClose: true, duration: 8000 }),
}

export const BENCH_USER = 'bench'
export const BENCH_PASSWORD = 'only for the benchmark 1'

import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/project/summary-reporter.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/peers/**', 'node_modules/**', 'dist/**'],
    reporters: ['default', new SummaryReporter()],
    testTimeout: 30_000,
    // One second, the usual patience, is too little for a browser on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});

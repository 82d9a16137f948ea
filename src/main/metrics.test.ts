import { expect, it } from 'vitest';
import { engineMetrics, ProgramFigures } from './metrics.ts';

it('shows what the loop did and how the program does, however often it is asked', async () => {
  const figures = new ProgramFigures();
  engineMetrics(figures)('promotion', 'done', 4);
  const [first, second] = [await figures.metrics(), await figures.metrics()];
  for (const text of [first, second]) {
    expect(text).toContain('rung_reconcile_turns_total{kind="promotion",outcome="done"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  }
  figures.clear();
});

import { expect, it } from 'vitest';
import { keptLabels } from './shown.ts';

it('keeps a few labels of an alert, each in a line, and not the name that is shown anyhow', () => {
  const labels = { severity: 'page', alertname: 'disk', note: 'two\nlines\u0007' };
  expect(keptLabels(labels)).toEqual({ note: 'two lines', severity: 'page' });
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`label${index}`, 'x'.repeat(900)]),
  );
  const kept = Object.values(keptLabels(many));
  expect([kept.length, kept[0]?.length]).toEqual([20, 200]);
});

import { describe, expect, it } from 'vitest';
import { sectionOf, sectionsOf } from '../../scripts/tasks/performance-page.mjs';

const measured = {
  name: 'store',
  code: 0,
  subject: { title: 'The store', about: 'How long things take.' },
  rows: [
    {
      what: 'a commit',
      figure: 12,
      unit: 'ms',
      commits: 1,
      beside: { what: 'bare', figure: 6 },
      reach: { text: '≤ 10 ms', holds: false },
    },
  ],
};
const section = sectionOf(measured, 'a machine', '2026-11-21');

describe('the page of performance', () => {
  it('shows a figure beside what it is compared with, and marks what falls short', () => {
    expect(section).toContain('| a commit; commits of each: 1 | 12 ms | bare: 6 ms | 2 | ≤ 10 ms **✗** |');
    expect(section).toContain('`npm run bench -- store`, 2026-11-21, on a machine.');
  });

  it('keeps the tables of other benches letter by letter when one is measured anew', () => {
    const other = section.replace('bench store', 'bench gateway');
    const kept = sectionsOf(['# Performance\n', section, other].join('\n'));
    expect([...kept]).toEqual([
      ['store', section],
      ['gateway', other],
    ]);
  });
});

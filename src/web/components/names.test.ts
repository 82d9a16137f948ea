import { expect, it } from 'vitest';
import { latencyText, ratioText, wholeText } from './figures.ts';
import { listText, personName } from './names.ts';

it('calls people by their name and leaves alone what is none', () => {
  expect([personName('ada@example.org'), personName('j.smith@x.org'), personName('you@localhost')]).toEqual([
    'Ada',
    'j.smith',
    'You',
  ]);
});

it('lists who can lift a blocker', () => {
  expect(listText(['Dee', 'Eli', 'Fay'], 'or')).toBe('Dee, Eli or Fay');
});

it('shows figures with their unit, and never a figure where nothing was measured', () => {
  expect([0, 0.0004, 0.004, 0.05, 0.123, null].map(ratioText)).toEqual([
    '0 %',
    '< 0.1 %',
    '0.4 %',
    '5 %',
    '12 %',
    '–',
  ]);
  expect([84.2, 1234, null].map(latencyText)).toEqual(['84 ms', '1.2 s', '–']);
  expect(wholeText(12480)).toBe('12\u2009480');
});

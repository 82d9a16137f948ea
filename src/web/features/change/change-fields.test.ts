import { expect, it } from 'vitest';
import type { ChangeRequestView } from '../../api/views.ts';
import { draftOf, formOf } from './change-fields.tsx';

const form = (from: number, to: number): ChangeRequestView['form'] => ({
  reference: null,
  type: 'normal',
  risk: 'low',
  window: { from, to },
  rollbackMinutes: 5,
  testing: 'Smoke tests',
  communication: '#deployments',
  description: '',
});

it.each(['utc', 'local'] as const)(
  'keeps the window to the second where something else is changed: %s (REL-7)',
  (zone) => {
    const asked = form(Date.UTC(2026, 10, 25, 22, 0, 41), Date.UTC(2026, 10, 25, 23, 0, 41));
    const draft = draftOf({ form: asked } as ChangeRequestView, zone);
    const sent = formOf({ ...draft, description: 'More' }, zone, asked.window);
    expect(sent).toEqual({ ...asked, description: 'More' });
  },
);

it('takes what is typed', () => {
  const asked = form(Date.UTC(2026, 10, 25, 22, 0, 41), Date.UTC(2026, 10, 25, 23, 0, 41));
  const draft = { ...draftOf({ form: asked } as ChangeRequestView, 'utc'), to: '2026-11-25T23:30' };
  expect(formOf(draft, 'utc', asked.window).window).toEqual({
    from: asked.window.from,
    to: Date.UTC(2026, 10, 25, 23, 30),
  });
});

import { expect } from 'vitest';
import { Clients } from '../agent/traffic.ts';
import { habit } from './project.ts';
import type { Rung } from './rung.ts';

/** What most of these lives begin with: 1.0.0 runs in prod, and clients ask there all the while. */
export async function firstInProd(rung: Rung): Promise<Clients> {
  await rung.merge('feat: a service');
  await rung.runs('dev', '1.0.0');
  await promoted(rung, '1.0.0');
  await rung.runs('prod', '1.0.0');
  return new Clients(await rung.urlOf('prod'), 2);
}

/** Asked for once, and nothing is in the way. */
export async function promoted(rung: Rung, version: string): Promise<void> {
  expect((await rung.cli('promote', version, '--to', 'prod')).code).toBe(0);
}

/** Another release of the one service, merged, built and running in dev. */
export async function inDev(
  rung: Rung,
  version: string,
  misbehaviour = '',
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  await rung.write({ 'web/habit.json': habit(version, misbehaviour), ...more });
  await rung.merge(`feat: ${version}`);
  await rung.runs('dev', version);
}

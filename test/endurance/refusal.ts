import { expect } from 'vitest';
import type { Up } from './rung.ts';

/** What `rung up --json` says when it cannot be. */
export interface Refusal {
  readonly code: string;
  readonly wayOut?: string;
  readonly detail: string;
  readonly exitCode: number;
}

export async function refusalOf(up: Up): Promise<Refusal> {
  const code = await up.ended;
  const lines = up.said.split('\n').filter((line) => line.startsWith('{'));
  const told = JSON.parse(lines.at(-1) ?? '{}') as Refusal;
  expect(told.exitCode).toBe(code);
  expect(told.wayOut).toBeTruthy();
  return told;
}

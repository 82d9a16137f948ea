import { expect, it } from 'vitest';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

const page = async () => ({ items: [], next: '17' });
const client = sampleClient({ changeRequests: page, questions: page, releases: page, evidence: page });

it.each([
  'change-request list --release 1.2.0 --to prod --state open --limit 5',
  'gate asked --release 1.2.0 --to prod --state answered --limit 5',
  'release list --limit 5',
  'evidence list 1.2.0 --limit 5',
])('names the next page of what was asked for, and not of all there is: %s', async (words) => {
  const { stdout } = await typed(words.split(' '), { client });
  expect(stdout).toContain(`more: rung ${words} --after 17\n`);
  const next = await typed([...words.split(' '), '--after', '17'], { client });
  expect(next.exitCode).toBe(0);
});

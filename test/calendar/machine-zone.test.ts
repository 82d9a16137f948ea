import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** What calendars answer in a process whose own zone is this, and the hour that its own clock shows at the epoch. */
async function answersIn(zone: string): Promise<readonly string[]> {
  const script = resolve(import.meta.dirname, 'answers.ts');
  const { stdout } = await run(process.execPath, [script], {
    env: { ...process.env, TZ: zone },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.trim().split('\n');
}

describe('the zone of the machine', () => {
  it('has no influence on what a calendar answers', async () => {
    const [utc, apia, lordHowe] = await Promise.all(
      ['UTC', 'Pacific/Apia', 'Australia/Lord_Howe'].map(answersIn),
    );
    expect([utc?.[1], apia?.[1], lordHowe?.[1]]).toEqual(['0', '13', '10']);
    expect(apia?.[0]).toBe(utc?.[0]);
    expect(lordHowe?.[0]).toBe(utc?.[0]);
    expect(utc?.[0]).toContain('"open":true');
  });
});

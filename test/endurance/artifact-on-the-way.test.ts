import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clients } from '../agent/traffic.ts';
import { AgentRelay, type Tamper } from './agent-relay.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

/** Of an artifact of about a megabyte: within one chunk of it, and one only, however the chunks fall. */
const somewhereInside = 400_000;
const isHere = (chunk: Buffer, before: number): boolean =>
  before <= somewhereInside && somewhereInside < before + chunk.length;

const cutOff: Tamper = (chunk, before) => (isHere(chunk, before) ? null : chunk);
const flipOneBit: Tamper = (chunk, before) => {
  if (!isHere(chunk, before)) return chunk;
  const at = somewhereInside - before;
  return Buffer.from(chunk.map((byte, index) => (index === at ? byte ^ 1 : byte)));
};

/** One life of one data folder. */
describe('an artifact on its way to an agent (REL-14)', () => {
  let rung: Rung;
  let steady: Clients;
  let relay: AgentRelay;

  beforeAll(async () => {
    const files = { ...projectFiles(), 'rung.yaml': projectFile('', 'manual'), 'web/ballast': ballast() };
    rung = await Rung.start({ files });
    steady = await firstInProd(rung);
    relay = await AgentRelay.before(rung, 'prod');
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await relay?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const artifacts = async (): Promise<readonly string[]> =>
    readdir(join(rung.data, 'environments', 'prod', 'artifacts'));

  it.each([
    ['cut off in the middle', '1.1.0', cutOff, 'control-plane-away'],
    ['altered by one bit', '1.2.0', flipOneBit, 'artifact-altered'],
  ] as const)(
    '%s is named and fetched anew, nothing half of it is started, and it runs once it arrives whole',
    async (_, version, tamper, code) => {
      const [before, instances] = [await artifacts(), await rung.instances()];
      await inDev(rung, version, '', { 'web/ballast': ballast() });
      relay.spoilt = 0;
      relay.spoil(tamper);
      await promoted(rung, version);
      await until('it to be tried twice', async () => relay.spoilt >= 2);
      const { troubles } = await until('the trouble to be told', async () => {
        const seen = await rung.environment('prod');
        return Array.from(seen.troubles).some((one) => one.code === code) ? seen : null;
      });
      expect(Array.from(troubles).find((one) => one.code === code)?.wayOut).toBeTruthy();
      expect((await artifacts()).filter((name) => !name.endsWith('.draft'))).toEqual(before);
      const fresh = Object.keys(await rung.instances()).filter((name) => !(name in instances));
      expect(fresh.filter((name) => name.startsWith('prod/'))).toEqual([]);
      expect(steady.count(`200 ${version}`)).toBe(0);
      relay.spoil(null);
      await rung.runs('prod', version);
      expect(steady.failures).toBe(0);
      await until('nothing in the way', async () => (await rung.environment('prod')).troubles.length === 0);
      expect((await artifacts()).filter((name) => name.endsWith('.draft'))).toEqual([]);
    },
  );
});

/** What no compression makes smaller, and no two releases share. */
const ballast = (): string => randomBytes(700_000).toString('base64');

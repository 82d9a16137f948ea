import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChainHead, extendHead, genesisLink, signHead, verifyHead } from '../domain/audit/index.ts';
import { digestOf } from '../domain/canonical.ts';
import { type ProjectId, instant } from '../domain/ids.ts';
import { generateSigningKey } from '../domain/keys.ts';
import { silentLog } from '../domain/log.ts';
import { Auditor, type CountersignedHead } from './auditor.ts';
import { sealedCache } from './sealed-cache.ts';

const project = 'p' as ProjectId;
const control = generateSigningKey();
const agent = generateSigningKey();
const genesis: ChainHead = { project, position: 0, link: genesisLink(project) };
let folder: string;
let pushed: CountersignedHead[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-auditor-'));
  pushed = [];
});
afterEach(() => rm(folder, { recursive: true }));

const auditor = () =>
  Auditor.load({
    path: join(folder, 'audit-head.json'),
    project,
    privateKey: agent.privateKey,
    controlKey: control.publicKey,
    log: silentLog,
    push: async (head) => void pushed.push(head),
    onSigned: () => undefined,
  });

const links = (from: number, to: number, word = '') =>
  Array.from({ length: to - from + 1 }, (_one, index) => ({
    position: from + index,
    payloadDigest: digestOf(`${word}${from + index}`),
  }));

function checkpointAt(position: number, word = '', key = control) {
  const head = extendHead(genesis, links(1, position, word));
  if (head === undefined) throw new Error('no chain');
  const { link } = head;
  return { position, link, at: instant(0), signature: signHead(key.privateKey, head), countersignatures: [] };
}

describe('an agent that follows the audit chain', () => {
  it('countersigns a checkpoint of a chain that extends what it knows, and pushes the head', async () => {
    const one = await auditor();
    await one.follow({ links: links(1, 3), checkpoint: checkpointAt(3) });
    await one.follow({ links: links(4, 5), checkpoint: checkpointAt(5) });
    expect(pushed.map(({ position }) => position)).toEqual([3, 5]);
    const last = pushed[1];
    expect(last && verifyHead(agent.publicKey, last, last.signature)).toBe(true);
  });

  it('goes on, after it came back, from the head it had signed', async () => {
    await (await auditor()).follow({ links: links(1, 3), checkpoint: checkpointAt(3) });
    const again = await auditor();
    expect(again.position).toBe(3);
    await again.follow({ links: links(4, 4), checkpoint: checkpointAt(4) });
    expect(pushed.at(-1)?.position).toBe(4);
  });

  it('never countersigns a chain that was rewritten, whoever signed it', async () => {
    const one = await auditor();
    await one.follow({ links: links(1, 3), checkpoint: checkpointAt(3) });
    await one.follow({ links: links(4, 5, 'other'), checkpoint: checkpointAt(5, 'other') });
    expect(pushed).toHaveLength(1);
    expect(one.trouble).toBe('chain-rewritten');
  });

  it('never countersigns a checkpoint that the pinned key did not sign', async () => {
    const one = await auditor();
    await one.follow({ links: links(1, 3), checkpoint: checkpointAt(3, '', generateSigningKey()) });
    expect([pushed, one.trouble]).toEqual([[], 'checkpoint-forged']);
  });

  it('waits for the rest when not all links of the way came along', async () => {
    const one = await auditor();
    await one.follow({ links: links(1, 2), checkpoint: checkpointAt(4) });
    expect([one.position, pushed.length, one.trouble]).toEqual([2, 0, null]);
    await one.follow({ links: links(3, 4), checkpoint: checkpointAt(4) });
    expect(pushed.map(({ position }) => position)).toEqual([4]);
  });
});

describe('the cache of what is desired', () => {
  it('shows nothing to who does not have the agent’s key, and is as good as lost when it was changed', async () => {
    const path = join(folder, 'cache.sealed');
    await sealedCache<{ word: string }>(path, agent.privateKey).write({ word: 'desired' });
    expect(await sealedCache<{ word: string }>(path, agent.privateKey).read()).toEqual({ word: 'desired' });
    expect((await readFile(path)).includes('desired')).toBe(false);
    expect(await sealedCache(path, generateSigningKey().privateKey).read()).toBeNull();
    expect(await sealedCache(join(folder, 'none'), agent.privateKey).read()).toBeNull();
  });
});

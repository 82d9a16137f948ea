import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryDisk, type MemoryDisk } from '../disk/memory-disk.ts';
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
let disk: MemoryDisk;
let pushed: CountersignedHead[];
let nowMs: number;

beforeEach(() => {
  disk = createMemoryDisk();
  pushed = [];
  nowMs = 0;
});

const auditor = (push = async (head: CountersignedHead) => void pushed.push(head)) =>
  Auditor.load({
    disk,
    path: 'audit-head.json',
    project,
    privateKey: agent.privateKey,
    controlKey: control.publicKey,
    clock: { monotonicMs: () => nowMs },
    log: silentLog,
    push,
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

  it('asks for what it refused no more than once a minute, and follows the chain once that is right again', async () => {
    const one = await auditor();
    await one.follow({ links: links(1, 3), checkpoint: checkpointAt(3) });
    await one.follow({ links: links(4, 5, 'other'), checkpoint: checkpointAt(5, 'other') });
    expect([one.position, one.wantsAfter]).toEqual([3, 5]);
    await one.follow({ links: links(6, 7, 'other'), checkpoint: checkpointAt(7, 'other') });
    expect([one.position, one.wantsAfter]).toEqual([3, 7]);
    nowMs = 60_000;
    expect(one.wantsAfter).toBe(3);
    await one.follow({ links: links(4, 7), checkpoint: checkpointAt(7) });
    expect([one.position, one.wantsAfter, one.trouble]).toEqual([7, 7, null]);
    expect(pushed.map(({ position }) => position)).toEqual([3, 7]);
  });

  it('follows on while a head is being pushed, and pushes the last one after it', async () => {
    const hanging = Promise.withResolvers<void>();
    const one = await auditor(async (head) => {
      pushed.push(head);
      await hanging.promise;
    });
    for (const position of [1, 2, 3])
      await one.follow({ links: links(position, position), checkpoint: checkpointAt(position) });
    expect([one.position, pushed.length]).toEqual([3, 1]);
    hanging.resolve();
    await expect.poll(() => pushed.map(({ position }) => position)).toEqual([1, 3]);
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
    const cache = (path: string, { privateKey }: { readonly privateKey: string }) =>
      sealedCache<{ word: string }>({ disk, path, privateKey, randomBytes });
    await cache('sealed', agent).write({ word: 'desired' });
    expect(await cache('sealed', agent).read()).toEqual({ word: 'desired' });
    expect(Buffer.from((await disk.read('sealed')) ?? 'desired').includes('desired')).toBe(false);
    expect(await cache('sealed', generateSigningKey()).read()).toBeNull();
    expect(await cache('none', agent).read()).toBeNull();
  });
});

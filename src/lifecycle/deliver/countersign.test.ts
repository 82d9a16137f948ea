import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import { signHead } from '../../domain/audit/chain.ts';
import { start } from './rollout.kit.ts';

import { pair, key, record, agents, project, agent } from './agents.kit.ts';

describe('the signature of an agent under the log', () => {
  async function signing() {
    const world = await agents();
    await world.says({ boot: 'next' });
    const { position, link } = (await world.told()).at(-1) ?? { position: 0, link: digestOf('') };
    const head = { project, position, link };
    const checkpoint = { position, link, at: start, signature: '', countersignatures: [] };
    await world.store.addCheckpoint(project, checkpoint);
    const sign = (privateKey: string, at = head.position) =>
      world.says({
        boot: 'next',
        countersignature: { position: at, signature: signHead(privateKey, { ...head, position: at }) },
      });
    const signers = async () =>
      (await world.store.checkpoints(project)).flatMap(({ countersignatures }) =>
        countersignatures.map((one) => one.agent),
      );
    return { ...world, sign, signers, position };
  }

  it('is kept where it is its own, over the checkpoint that is stored there', async () => {
    const { sign, signers } = await signing();
    await sign(pair.privateKey);
    expect(await signers()).toEqual([agent]);
  });

  it('is kept of a checkpoint that is not the last any more', async () => {
    const { sign, signers, says, told, store } = await signing();
    await says({ boot: 'later', sequence: 2 });
    const { position, link } = (await told()).at(-1) ?? { position: 0, link: digestOf('') };
    await store.addCheckpoint(project, { position, link, at: start, signature: '', countersignatures: [] });
    await sign(pair.privateKey);
    expect(await signers()).toEqual([agent]);
  });

  it('is refused where it is by another key, or by one that was revoked', async () => {
    const { sign, signers, put, parts } = await signing();
    const refused = { kind: 'denied', code: 'countersignature-invalid' };
    await expect(sign(generateSigningKey().privateKey)).rejects.toMatchObject(refused);
    expect(await signers()).toEqual([]);
    await put('agent', agent, { ...record, boot: 'next', keys: [{ ...key, revokedAt: start }] });
    parts.agents.forget(agent);
    await expect(sign(pair.privateKey)).rejects.toMatchObject(refused);
    expect(await signers()).toEqual([]);
  });

  it('is passed over where there is no checkpoint', async () => {
    const { sign, signers, position } = await signing();
    await sign(pair.privateKey, position + 1);
    await sign(pair.privateKey, position - 1);
    expect(await signers()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { openPlane } from '../../../test/kit/plane.ts';
import type { Plane } from '../../simulate/world/plane.ts';

const [lead, helper, stranger] = ['ada@example.org', 'hal@example.org', 'eve@example.org'];
const dayMs = 86_400_000;
const yaml = `
rung: 1
project: access
roles:
  lead: { members: [${lead}] }
  support: { members: [${helper}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  prod: { tier: production }
pipelines:
  main:
    - environment: prod
      approvals: { count: 1, from: [lead] }
`;

const make = (plane: Plane, other: { name?: string; expiresInMs?: number } = {}, person = lead) =>
  plane.control.createToken(
    plane.project,
    { name: 'ci', scopes: ['build'], expiresInMs: 60_000, ...other },
    plane.as(person),
  );

const told = async ({ control, project }: Plane) => {
  const { items } = await control.log(project, { limit: 50, all: true });
  return items.filter(({ kind }) => kind.startsWith('token.')).toReversed();
};

describe('making a token', () => {
  it.each([0, -1, Number.NaN, 366 * dayMs + 1])('is refused for a life of %d ms', async (expiresInMs) => {
    const plane = await openPlane(yaml);
    await expect(make(plane, { expiresInMs })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'token-lifetime',
    });
    expect(await plane.control.tokens(plane.project, plane.as(lead))).toEqual([]);
  });

  it.each([1, 366 * dayMs])('may be for a life of %d ms, and says until when', async (expiresInMs) => {
    const plane = await openPlane(yaml);
    const { token } = await make(plane, { expiresInMs });
    expect(token.expiresAt).toBe(plane.clock.now() + expiresInMs);
  });

  it('is told in the log, without the secret', async () => {
    const plane = await openPlane(yaml);
    const { token, secret } = await make(plane);
    const [event, ...more] = await told(plane);
    expect(event).toMatchObject({
      kind: 'token.created',
      actor: { kind: 'person', id: lead },
      subject: 'token/ci',
      payload: { name: 'ci', scopes: ['build'], expiresAt: token.expiresAt },
    });
    expect([more, JSON.stringify(event).includes(secret)]).toEqual([[], false]);
  });

  it('is for nobody without a role', async () => {
    const plane = await openPlane(yaml);
    await expect(make(plane, {}, stranger)).rejects.toMatchObject({ code: 'role-unknown' });
    expect(await told(plane)).toEqual([]);
  });
});

describe('who comes with a token', () => {
  const denied = { kind: 'denied', code: 'token-unknown' };

  it('is a program of its name, which may what its scopes say', async () => {
    const plane = await openPlane(yaml);
    await make(plane, { name: 'another' });
    const { secret } = await make(plane);
    expect(await plane.control.callerOfToken(secret)).toEqual({
      project: plane.project,
      caller: { actor: { kind: 'token', id: 'ci', name: 'ci' }, scopes: ['build'], person: null },
    });
    await expect(plane.control.callerOfToken(`${secret}x`)).rejects.toMatchObject(denied);
  });

  it('is nobody once it has expired', async () => {
    const plane = await openPlane(yaml);
    const { secret } = await make(plane);
    await plane.clock.advance(59_999);
    expect((await plane.control.callerOfToken(secret)).project).toBe(plane.project);
    await plane.clock.advance(1);
    await expect(plane.control.callerOfToken(secret)).rejects.toMatchObject(denied);
  });

  it('is nobody once it was revoked', async () => {
    const plane = await openPlane(yaml);
    const { token, secret } = await make(plane);
    await plane.control.revokeToken(plane.project, token.id, plane.as(helper));
    await expect(plane.control.callerOfToken(secret)).rejects.toMatchObject(denied);
  });
});

describe('revoking a token', () => {
  it('is told in the log, once, and says when it was', async () => {
    const plane = await openPlane(yaml);
    const { token } = await make(plane);
    const revoke = () => plane.control.revokeToken(plane.project, token.id, plane.as(helper));
    const at = plane.clock.now();
    const revoked = await revoke();
    expect(revoked).toEqual({ ...token, revokedAt: at });
    await plane.clock.advance(1_000);
    expect(await revoke()).toEqual(revoked);
    expect(await plane.control.tokens(plane.project, plane.as(lead))).toEqual([revoked]);
    expect((await told(plane)).map(({ kind }) => kind)).toEqual(['token.created', 'token.revoked']);
    expect((await told(plane))[1]).toMatchObject({
      actor: { kind: 'person', id: helper },
      subject: 'token/ci',
      payload: { name: 'ci' },
    });
  });

  it('may be by its name: that which still lives is meant', async () => {
    const plane = await openPlane(yaml);
    const revoke = (id: string) => plane.control.revokeToken(plane.project, id, plane.as(lead));
    const old = await make(plane);
    await revoke('ci');
    const { token } = await make(plane);
    const more = await make(plane, { name: 'other' });
    expect((await revoke('ci')).id).toBe(token.id);
    expect((await revoke(old.token.id)).id).toBe(old.token.id);
    await expect(revoke('ci')).rejects.toMatchObject({ kind: 'absent', code: 'token-absent' });
    await expect(revoke('nothing')).rejects.toMatchObject({ kind: 'absent', code: 'token-absent' });
    expect((await plane.control.callerOfToken(more.secret)).project).toBe(plane.project);
  });

  it('is by its name of that which lives longest, and never of one that has expired before it', async () => {
    const plane = await openPlane(yaml);
    const revoke = async () => (await plane.control.revokeToken(plane.project, 'ci', plane.as(lead))).id;
    for (let turn = 0; turn < 4; turn += 1) {
      const short = await make(plane, { expiresInMs: 1_000 });
      await plane.clock.advance(1_000);
      const long = await make(plane, { expiresInMs: 20_000 });
      const middle = await make(plane, { expiresInMs: 10_000 });
      expect([await revoke(), await revoke(), await revoke()]).toEqual([
        long.token.id,
        middle.token.id,
        short.token.id,
      ]);
    }
  });

  it('is for nobody without a role', async () => {
    const plane = await openPlane(yaml);
    const { token, secret } = await make(plane);
    await expect(
      plane.control.revokeToken(plane.project, token.id, plane.as(stranger)),
    ).rejects.toMatchObject({ code: 'role-unknown' });
    expect((await plane.control.callerOfToken(secret)).project).toBe(plane.project);
  });
});

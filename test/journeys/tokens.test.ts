import { describe, expect, it } from 'vitest';
import { openPlane } from '../kit/plane.ts';

const [lead, helper, stranger] = ['ada@example.org', 'hal@example.org', 'eve@example.org'];

const yaml = (prod: string): string => `
rung: 1
project: access
roles:
  lead: { members: [${lead}] }
  support: { members: [${helper}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  prod: { tier: ${prod} }
pipelines:
  main:
    - environment: prod
      approvals: { count: 1, from: [lead] }
`;

async function withTokens(prod: string) {
  const plane = await openPlane(yaml(prod));
  for (const person of [lead, helper]) {
    const ask = { name: `of ${person}`, scopes: ['read'], expiresInMs: 60_000 } as const;
    await plane.control.createToken(plane.project, ask, plane.as(person));
  }
  return async (person: string) => {
    const tokens = await plane.control.tokens(plane.project, plane.as(person));
    return tokens.map(({ name }) => name).toSorted();
  };
}

describe('tokens for CI', () => {
  it('are shown to whoever made them, and all to those who approve weaker rules of a protected environment', async () => {
    const seenBy = await withTokens('production');
    expect(await seenBy(helper)).toEqual([`of ${helper}`]);
    expect(await seenBy(lead)).toEqual([`of ${lead}`, `of ${helper}`]);
  });

  it('are shown to every member where nothing is protected', async () => {
    const seenBy = await withTokens('development');
    expect(await seenBy(helper)).toEqual([`of ${lead}`, `of ${helper}`]);
  });

  it('are shown to nobody without a role', async () => {
    const seenBy = await withTokens('development');
    await expect(seenBy(stranger)).rejects.toMatchObject({ code: 'role-unknown' });
  });
});

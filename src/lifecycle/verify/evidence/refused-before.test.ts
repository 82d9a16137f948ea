import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openPlane } from '../../../../test/kit/plane.ts';
import type { Digest } from '../../../domain/ids.ts';
import type { EvidenceReader } from '../../../ports/evidence-reader.ts';

const ada = 'ada@example.org';
const yaml = `
rung: 1
project: access
roles:
  lead: { members: [${ada}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
pipelines:
  main:
    - environment: dev
`;

const numbers: EvidenceReader = {
  format: 'numbers',
  proves: 'count',
  read: async () => ({ kind: 'unreadable', problems: [{ code: 'odd', message: 'it is odd' }] }),
};

it.each([
  ['a format that nobody reads', { format: 'odd' }, 'evidence-format-unknown'],
  ['a format that proves something else', { format: 'numbers', kind: 'tests' }, 'evidence-of-another-kind'],
] as const)('does not take in a file that is asked for as %s (REL-2)', async (_, ask, code) => {
  const readers = { known: new Map([[numbers.format, numbers]]), guess: () => null };
  const plane = await openPlane(yaml, 1, { readers });
  const release = await plane.release('feat: begin', { web: 'web 1' });
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('7');
  }
  const added = plane.control.addEvidence(
    plane.project,
    { release, fileName: 'bugs.num', ...ask },
    bytes(),
    plane.as(ada),
  );
  await expect(added).rejects.toMatchObject({ code });
  const digest = `sha256:${createHash('sha256').update('7').digest('hex')}` as Digest;
  expect(await plane.parts.objects.has(digest)).toBeNull();
});

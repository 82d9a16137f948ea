import { expect, it } from 'vitest';
import { openPlane } from '../../../../test/kit/plane.ts';
import { digestOf } from '../../../domain/canonical.ts';
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
  ['cannot be read', numbers, {}, 'evidence-unreadable'],
  ['nobody can tell the format of', null, {}, 'evidence-format-unknown'],
  ['turns out to prove something else', numbers, { kind: 'tests' }, 'evidence-of-another-kind'],
] as const)('keeps no file that %s (REL-2)', async (_, guessed, ask, code) => {
  const readers = { known: new Map([[numbers.format, numbers]]), guess: () => guessed };
  const plane = await openPlane(yaml, 1, { readers });
  const release = await plane.release('feat: begin', { web: 'web 1' });
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('7');
  }
  const asked = { release, fileName: 'bugs.num', ...ask };
  const added = plane.control.addEvidence(plane.project, asked, bytes(), plane.as(ada));
  await expect(added).rejects.toMatchObject({ code });
  expect(await plane.parts.objects.has(digestOf('7'))).toBeNull();
});

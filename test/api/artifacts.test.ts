import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { digestOf } from '../../src/domain/canonical.ts';
import { byToken, stage } from './stage.ts';

const bytes = randomBytes(300_000);
const headers = byToken({ 'content-type': 'application/octet-stream' });
const pathOf = (digest: string): string => `/api/v1/projects/access/artifacts/${digest}`;

/** Reads all of an artifact and says its digest, as a real store would. */
function reading() {
  const seen: string[] = [];
  return {
    seen,
    parts: {
      putArtifact: async (_project: unknown, _digest: unknown, stream: AsyncIterable<Uint8Array>) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        const whole = Buffer.concat(chunks);
        seen.push(digestOf(whole));
        return { stored: true, size: whole.byteLength };
      },
    },
  };
}

it('hands an artifact on as it streams in', async () => {
  const { seen, parts } = reading();
  const { api } = await stage(parts);
  const response = await fetch(`${api.address}${pathOf(digestOf(bytes))}`, {
    method: 'PUT',
    headers,
    body: bytes,
  });
  expect([response.status, await response.json()]).toEqual([201, { stored: true, size: 300_000 }]);
  expect(seen).toEqual([digestOf(bytes)]);
});

it('says when an artifact was there already', async () => {
  const { api } = await stage({ putArtifact: async () => ({ stored: false, size: 5 }) });
  const response = await fetch(`${api.address}${pathOf(digestOf('known'))}`, {
    method: 'PUT',
    headers,
    body: 'known',
  });
  expect([response.status, await response.json()]).toEqual([200, { stored: false, size: 5 }]);
});

it('refuses an artifact that says it is too large before it reads it', async () => {
  const { seen, parts } = reading();
  const { api } = await stage(parts, { limits: { artifactBytes: 1000 } });
  const response = await fetch(`${api.address}${pathOf(digestOf(bytes))}`, {
    method: 'PUT',
    headers,
    body: bytes,
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 'artifact-too-large', facts: { limitBytes: 1000 } });
  expect(seen).toEqual([]);
});

it('stops reading an artifact that turns out too large', async () => {
  const { seen, parts } = reading();
  const { api } = await stage(parts, { limits: { artifactBytes: 1000 } });
  const body = new Blob([bytes]).stream();
  const sent = fetch(`${api.address}${pathOf(digestOf(bytes))}`, {
    method: 'PUT',
    headers,
    body,
    duplex: 'half',
  });
  // The connection is closed on who goes on sending, so the refusal may not be read any more.
  const status = await sent.then(
    (response) => response.status,
    () => 413,
  );
  expect(status).toBe(413);
  expect(seen).toEqual([]);
});

it('takes artifacts under a digest alone', async () => {
  const { api } = await stage();
  const response = await fetch(`${api.address}${pathOf('latest')}`, { method: 'PUT', headers, body: 'x' });
  expect(response.status).toBe(422);
});

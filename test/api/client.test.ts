import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { connectToApi } from '../../src/cli/api-client.ts';
import { answerOf, createClient } from '../../src/client/index.ts';
import { Failure } from '../../src/domain/failure.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { laptopToken, owner, stage } from './stage.ts';

const clientOf = (baseUrl: string, token = laptopToken) => createClient({ baseUrl, token });
const inProject = { path: { project: 'access' } };

it('throws what the control plane threw, whole', async () => {
  const failure = new Failure('conflict', 'plan-changed', 'The plan is another by now.', {
    wayOut: 'Look at it again.',
    facts: { hash: 'sha256:new' },
    problems: [{ message: 'web is 1.4.1 by now', pointer: '/planHash' }],
  });
  const { api } = await stage({ requestPromotion: () => Promise.reject(failure) });
  const call = clientOf(api.address).POST('/api/v1/projects/{project}/promotions', {
    params: inProject,
    body: { release: '1.4.0', to: 'staging' },
  });
  const thrown = await call.then(
    () => null,
    (one: unknown) => one,
  );
  expect(thrown).toBeInstanceOf(Failure);
  const { kind, code, message, wayOut, facts, problems } = thrown as Failure;
  expect({ kind, code, message, wayOut, facts, problems }).toEqual({
    kind: failure.kind,
    code: failure.code,
    message: failure.message,
    wayOut: failure.wayOut,
    facts: failure.facts,
    problems: failure.problems,
  });
});

it('acts as a member where it is told to', async () => {
  const { api } = await stage();
  const client = createClient({ baseUrl: api.address, token: laptopToken, actAs: 'bo@example.org' });
  const me = await answerOf(client.GET('/api/v1/me'));
  expect(me).toMatchObject({ id: owner, actingAs: 'bo@example.org', roles: ['qa-lead'] });
});

it('says that nobody answers', async () => {
  const { api } = await stage();
  await api.close();
  await expect(clientOf(api.address).GET('/api/v1/me')).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'rung-unreachable',
  });
});

it('tells an abort from an answer that never came', async () => {
  const { api } = await stage();
  const call = clientOf(api.address).GET('/api/v1/me', { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

it.each([
  [502, 'unavailable'],
  [404, 'invalid'],
] as const)('does not take another server’s %i for Rung’s word', async (status, kind) => {
  const server = createServer((_request, response) => response.writeHead(status).end('<h1>proxy</h1>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await expect(clientOf(`http://127.0.0.1:${port}`).GET('/api/v1/me')).rejects.toMatchObject({
    kind,
    code: 'answer-foreign',
  });
});

/** A server that answers so, whatever it is asked. */
async function answering(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const brokenOff = { kind: 'unavailable', code: 'rung-unreachable' };
const breakOff = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":', () => response.destroy());
};

it('says that an answer broke off, and calls that no defect', async () => {
  await expect(clientOf(await answering(breakOff)).GET('/api/v1/me')).rejects.toMatchObject(brokenOff);
});

it('says the same of what is read as it comes', async () => {
  const place = { url: await answering(breakOff), project: 'access', token: laptopToken, actAs: null };
  const client = await connectToApi(place, systemClock);
  const read = async (): Promise<number> => {
    let bytes = 0;
    for await (const piece of client.auditExport(new AbortController().signal)) bytes += piece.byteLength;
    return bytes;
  };
  await expect(read()).rejects.toMatchObject(brokenOff);
});

it('does not take another server’s page for an answer', async () => {
  const page = await answering((response) => response.end('<h1>Welcome</h1>'));
  await expect(clientOf(page).GET('/api/v1/me')).rejects.toMatchObject({
    kind: 'invalid',
    code: 'answer-foreign',
  });
});

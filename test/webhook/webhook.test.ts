import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSigningKey, verify } from '../../src/domain/keys.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { HookBody, HookReply } from '../../src/ports/gate-hook.ts';
import { createWebhook } from '../../src/providers/webhook/index.ts';

const key = generateSigningKey();

interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Play = (response: ServerResponse, heard: Heard) => void;

const plays = new Map<string, Play>();
const heard: Heard[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const one = { headers: request.headers, body: Buffer.concat(chunks).toString() };
    heard.push(one);
    plays.get(request.url ?? '')?.(response, one);
  });
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const body: HookBody = {
  rung: 1,
  question: 'q',
  nonce: 'n',
  project: 'p',
  gate: 'licence-check',
  release: { id: 'sha256:1', version: '1.4.0', tree: 'a'.repeat(40) },
  environment: 'prod',
  askedAt: '2026-07-01T12:00:00.000Z',
  answerBy: '2026-07-01T12:00:30.000Z',
  callback: { url: 'http://127.0.0.1:1/answer', token: 't' },
};

async function asked(play: Play, replyWithinMs = 10_000, host = '127.0.0.1'): Promise<HookReply> {
  const path = `/${plays.size}`;
  plays.set(path, play);
  const hook = createWebhook({ clock: systemClock, privateKey: key.privateKey, replyWithinMs });
  const signal = new AbortController().signal;
  return hook.ask({ url: `http://${host}:${port}${path}`, body }, signal);
}

const json =
  (data: unknown, status = 200): Play =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(data));

describe('a webhook gate (REL-1)', () => {
  it('is asked by a POST that is signed over its time and its very body', async () => {
    const url = 'https://checks.example.org/42';
    const reply = await asked(json({ verdict: 'pass', reason: 'all licences are fine', url }));
    expect(reply).toEqual({ kind: 'answer', verdict: 'pass', reason: 'all licences are fine', url });
    const { headers, body: sent } = heard.at(-1) ?? { headers: {}, body: '' };
    expect(JSON.parse(sent)).toEqual(body);
    const [, signature = ''] = String(headers['rung-signature']).split('=');
    const text = `rung-webhook-v1\n${String(headers['rung-timestamp'])}\n${sent}`;
    expect(verify(key.publicKey, text, signature)).toBe(true);
    expect(verify(key.publicKey, text.replace('1.4.0', '1.4.1'), signature)).toBe(false);
    expect(verify(key.publicKey, text.replace(/\d{4}-/, '2020-'), signature)).toBe(false);
  });

  it('is known for Rung by the example that the guide gives', async () => {
    await asked(json({ verdict: 'pass' }));
    const { headers, body: sent } = heard.at(-1) ?? { headers: {}, body: '' };
    const { isFromRung } = await exampleOfGuide(key.publicKey);
    expect(isFromRung(headers, sent)).toBe(true);
    expect(isFromRung(headers, `${sent} `)).toBe(false);
    const old = { ...headers, 'rung-timestamp': '2020-01-01T00:00:00.000Z' };
    expect(isFromRung(old, sent)).toBe(false);
  });

  it('may say no, or that it needs longer', async () => {
    expect(await asked(json({ verdict: 'fail' }))).toEqual({
      kind: 'answer',
      verdict: 'fail',
      reason: '',
      url: '',
    });
    expect(await asked(json({ verdict: 'pending', reason: 'a person looks' }))).toEqual({ kind: 'pending' });
    expect(await asked((response) => response.writeHead(202).end())).toEqual({ kind: 'pending' });
  });

  it('is reached by the name of this machine as well', async () => {
    expect(await asked(json({ verdict: 'pass' }), 10_000, 'localhost')).toMatchObject({ verdict: 'pass' });
  });
});

describe('a webhook that answers badly', () => {
  const html = `<html>${'x'.repeat(5000)}</html>`;

  it.each<[string, Play, string, string]>([
    [
      'HTML',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
      'reply-not-json',
      'replied with text/html instead of JSON: <html>',
    ],
    [
      'no word of what it sends',
      (response) => response.writeHead(200).end('{"verdict":"pass"}'),
      'reply-not-json',
      'replied with no JSON instead of JSON: {"verdict":"pass"}',
    ],
    [
      'broken JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"verdict":'),
      'reply-not-json',
      'replied with application/json',
    ],
    [
      'a verdict that is none',
      json({ verdict: 'maybe' }),
      'reply-not-understood',
      'replied with JSON that holds no verdict: {"verdict":"maybe"}',
    ],
    ['a list', json(['pass']), 'reply-not-understood', 'replied with JSON that holds no verdict'],
    [
      'a link that runs',
      json({ verdict: 'pass', url: 'javascript:alert(1)' }),
      'reply-not-understood',
      'replied with JSON that holds no verdict',
    ],
    ['404', json({ verdict: 'pass' }, 404), 'reply-status', 'replied with 404'],
    [
      'a redirect',
      (response) => response.writeHead(307, { location: '/0' }).end(),
      'reply-redirect',
      'replied with a redirect (307), which is not followed',
    ],
    [
      '10 MB',
      (response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(10_000_000, 32)),
      'reply-too-large',
      'replied with more than 64 KiB',
    ],
  ])('with %s has not answered, and what it did has a name', async (_, play, code, says) => {
    const before = heard.length;
    const reply = await asked(play);
    expect(reply).toMatchObject({ kind: 'unusable', code });
    expect(reply).toHaveProperty('says', expect.stringContaining(says));
    expect(('says' in reply ? reply.says : '').length).toBeLessThan(300);
    expect(heard.length - before).toBe(1);
  });

  it.each<[string, Play, string]>([
    ['500', (response) => response.writeHead(500).end('out of\n memory'), 'replied with 500: out of memory'],
    ['nothing', () => {}, 'did not finish its reply within 200 ms'],
    [
      'headers and then nothing',
      (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"ver'),
      'did not finish its reply within 200 ms',
    ],
    ['a byte now and then', (response) => drip(response), 'did not finish its reply within 200 ms'],
    [
      'a cut connection',
      (response) => void response.socket?.destroy(),
      'could not be reached: the connection was cut',
    ],
  ])('with %s is worth another try', async (_, play, says) => {
    expect(await asked(play, 200)).toEqual({ kind: 'unreachable', says });
  });

  it('is worth another try when nobody listens', async () => {
    const hook = createWebhook({ clock: systemClock, privateKey: key.privateKey });
    const { signal } = new AbortController();
    expect(await hook.ask({ url: 'http://127.0.0.1:1/', body }, signal)).toEqual({
      kind: 'unreachable',
      says: 'could not be reached: nobody listens there',
    });
  });

  it.each(['http://192.0.2.7/', 'http://[2001:db8::7]/', 'ftp://127.0.0.1/', 'http://0.0.0.0/'])(
    'is not asked over plain http on another machine: %s',
    async (url) => {
      const hook = createWebhook({ clock: systemClock, privateKey: key.privateKey });
      const reply = await hook.ask({ url, body }, new AbortController().signal);
      expect(reply).toMatchObject({ kind: 'unusable', code: 'address-refused' });
    },
  );

  it('is let go of at once when Rung stops', async () => {
    const stopping = new AbortController();
    const hook = createWebhook({ clock: systemClock, privateKey: key.privateKey });
    plays.set('/stopping', () => stopping.abort(new Error('stopping')));
    const asking = hook.ask({ url: `http://127.0.0.1:${port}/stopping`, body }, stopping.signal);
    await expect(asking).rejects.toThrow('stopping');
  });
});

/** Slowly, and for ever: until the other side lets go. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const turn = systemClock.every(20, () => void response.write(' '));
  response.on('close', () => turn[Symbol.dispose]());
}

interface Example {
  readonly isFromRung: (headers: IncomingMessage['headers'], body: string) => boolean;
}

/** The guide's own code, with the key put in where it says so. */
async function exampleOfGuide(publicKey: string): Promise<Example> {
  const guide = await readFile(new URL('../../docs/guides/own-gates.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const text = code.replace('the key from rung.keys.yaml', publicKey);
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Example;
}

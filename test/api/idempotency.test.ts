import { expect, it } from 'vitest';
import { createVirtualClock } from '../../src/engine/virtual-clock.ts';
import { byToken, call, stage, startOfTime } from './stage.ts';

const promotions = '/api/v1/projects/access/promotions';
const ask = { release: '1.4.0', to: 'staging' };
const under = (key: string): Record<string, string> => byToken({ 'idempotency-key': key });

/** Numbers what it makes, so that a second making is seen. */
function counting() {
  let made = 0;
  return {
    made: () => made,
    parts: {
      requestPromotion: async () => {
        made += 1;
        return { id: `made ${made}` } as never;
      },
    },
  };
}

it('does a request that was sent twice once, and answers both alike', async () => {
  const { made, parts } = counting();
  const { api } = await stage(parts);
  const first = await call(api, 'POST', promotions, { headers: under('a'), body: ask });
  const second = await call(api, 'POST', promotions, {
    headers: under('a'),
    body: { to: 'staging', release: '1.4.0' },
  });
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect(made()).toBe(1);
});

it('does two requests at the same moment under one key once', async () => {
  const { made, parts } = counting();
  const { api } = await stage(parts);
  const both = [1, 2].map(() => call(api, 'POST', promotions, { headers: under('a'), body: ask }));
  const [first, second] = await Promise.all(both);
  expect(second?.body).toEqual(first?.body);
  expect(made()).toBe(1);
});

it('refuses a key that was used for another request', async () => {
  const { api } = await stage(counting().parts);
  await call(api, 'POST', promotions, { headers: under('a'), body: ask });
  const { status, body } = await call(api, 'POST', promotions, {
    headers: under('a'),
    body: { ...ask, to: 'prod' },
  });
  expect([status, body.code]).toEqual([409, 'idempotency-key-reused']);
});

it('keeps the keys of one caller from those of another', async () => {
  const { made, parts } = counting();
  const { api } = await stage(parts);
  await call(api, 'POST', promotions, { headers: under('a'), body: ask });
  const headers = { ...under('a'), 'rung-act-as': 'bo@example.org' };
  expect((await call(api, 'POST', promotions, { headers, body: ask })).body).toEqual({ id: 'made 2' });
  expect(made()).toBe(2);
});

it('lets one try again after a failure, which made nothing', async () => {
  let tries = 0;
  const { api } = await stage({
    requestPromotion: async () => {
      tries += 1;
      if (tries === 1) throw new Error('the database went away');
      return { id: 'made' } as never;
    },
  });
  expect((await call(api, 'POST', promotions, { headers: under('a'), body: ask })).status).toBe(500);
  expect((await call(api, 'POST', promotions, { headers: under('a'), body: ask })).status).toBe(201);
});

it('forgets a key after a day', async () => {
  const clock = createVirtualClock(startOfTime);
  const { made, parts } = counting();
  const { api } = await stage(parts, { clock });
  await call(api, 'POST', promotions, { headers: under('a'), body: ask });
  await clock.advance(24 * 3_600_000);
  await call(api, 'POST', promotions, { headers: under('a'), body: ask });
  expect(made()).toBe(2);
});

it('shows the secret of a token no second time, under its key neither', async () => {
  const { api } = await stage({ createToken: async () => ({ token: {} as never, secret: 'rung_secret' }) });
  const body = { name: 'ci', scopes: ['build'], expiresInMs: 3_600_000 };
  const path = '/api/v1/projects/access/tokens';
  const first = await call(api, 'POST', path, { headers: under('a'), body });
  expect(first.body.secret).toBe('rung_secret');
  const second = await call(api, 'POST', path, { headers: under('a'), body });
  expect([second.status, second.body.code]).toEqual([409, 'secret-shown-once']);
  expect(JSON.stringify(second.body)).not.toContain('rung_secret');
});

it('refuses a key that is none', async () => {
  const { api } = await stage(counting().parts);
  const { status, body } = await call(api, 'POST', promotions, {
    headers: under('k'.repeat(201)),
    body: ask,
  });
  expect([status, body.code]).toEqual([422, 'idempotency-key-invalid']);
});

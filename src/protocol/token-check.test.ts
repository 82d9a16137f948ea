import { describe, expect, it } from 'vitest';
import { anAgent as agent, aProject as audience } from '../../test/kit/audit.ts';
import { digestOf } from '../domain/canonical.ts';
import { instant, type Instant, later } from '../domain/ids.ts';
import { generateSigningKey } from '../domain/keys.ts';
import { createNonces } from './nonce.ts';
import { createTokenChecker } from './token-check.ts';
import { signToken } from './token.ts';

const hourMs = 3_600_000;
const noon = instant(1_800_000_000_000);
const call = { method: 'GET', path: '/poll', body: digestOf('') };

/** A control plane's side, and the agent's. */
function checking(onLookUp: () => void = () => undefined) {
  const { publicKey, privateKey } = generateSigningKey();
  const nonces = createNonces(5 * 60_000);
  const checker = createTokenChecker<null>({
    audience,
    nonces,
    agent: async () => {
      onLookUp();
      return { identity: null, keys: [publicKey] };
    },
  });
  const tokenAt = (now: Instant): string => {
    const claims = { agent, audience, ...call, nonce: nonces.issue(now), issuedAt: now };
    return signToken({ ...claims, expiresAt: later(now, 60_000) }, privateKey);
  };
  const check = async (token: string, now: Instant): Promise<string> => {
    const verdict = await checker.check(token, call, now);
    return verdict.accepted ? 'accepted' : verdict.code;
  };
  return { tokenAt, check };
}

describe('a token, while the clock is set', () => {
  it('is good once, and not once more when the clock comes to its time again', async () => {
    const { tokenAt, check } = checking();
    const token = tokenAt(noon);
    expect(await check(token, noon)).toBe('accepted');
    expect(await check(token, later(noon, 1_000))).toBe('token-replayed');
    const before = later(noon, -hourMs);
    expect(await check(tokenAt(before), before)).toBe('nonce-stale');
    expect(await check(tokenAt(before), before)).toBe('accepted');
    expect(await check(token, noon)).toBe('nonce-stale');
  });

  it('is not good once more where it was forgotten while the clock was ahead', async () => {
    const { tokenAt, check } = checking();
    const token = tokenAt(noon);
    expect(await check(token, noon)).toBe('accepted');
    const ahead = later(noon, hourMs);
    expect(await check(tokenAt(ahead), ahead)).toBe('accepted');
    expect(await check(token, later(noon, 2_000))).toBe('nonce-stale');
  });

  it('is none any more where the clock is set back while its agent is looked up', async () => {
    const between: { run?: () => void } = {};
    const { tokenAt, check } = checking(() => between.run?.());
    const before = later(noon, -hourMs);
    let other: Promise<string> | undefined;
    between.run = () => {
      delete between.run;
      other = check(tokenAt(before), before);
    };
    expect(await check(tokenAt(noon), noon)).toBe('nonce-stale');
    await other;
  });
});

it('keeps apart as many tokens as it can remember, also after the clock was set back by hours', async () => {
  const { checker, accepted } = crowd();
  expect(await accepted(checker, noon, 1)).toBe(1);
  const before = later(noon, -5 * hourMs);
  for (let turn = 0; turn < 5; turn += 1)
    expect(await accepted(checker, later(before, turn * 10 * 60_000), 10)).toBe(10);
});

/** Where twenty tokens are all that can be remembered. */
function crowd() {
  const { publicKey, privateKey } = generateSigningKey();
  const nonces = createNonces(5 * 60_000);
  const checker = createTokenChecker<null>({
    audience,
    nonces,
    mostRemembered: 20,
    agent: async () => ({ identity: null, keys: [publicKey] }),
  });
  const accepted = async (of: typeof checker, now: Instant, count: number): Promise<number> => {
    let good = 0;
    await of.check(undefined, call, now);
    for (let at = 0; at < count; at += 1) {
      const claims = { agent, audience, ...call, nonce: nonces.issue(now), issuedAt: now };
      const token = signToken({ ...claims, expiresAt: later(now, 60_000) }, privateKey);
      if ((await of.check(token, call, now)).accepted) good += 1;
    }
    return good;
  };
  return { checker, accepted };
}

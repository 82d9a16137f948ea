import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Failure } from '../../domain/failure.ts';
import { client, promote } from './calls.ts';
import { makeException } from './calendar-calls.ts';

const keys: unknown[] = [];
let failure: Failure | null = null;
const unreachable = new Failure('unavailable', 'rung-unreachable', 'Rung does not answer.');

beforeEach(() => {
  keys.length = 0;
  failure = null;
  vi.useFakeTimers();
  vi.spyOn(client, 'POST').mockImplementation((async (
    _path: string,
    init: { params: { header: Record<string, string> } },
  ) => {
    keys.push(init.params.header['idempotency-key']);
    if (failure !== null) throw failure;
    return { data: {} };
  }) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const except = (reason = 'a hotfix') => makeException('p', 'prod', { to: 5, reason }).catch(() => undefined);
const areSame = () => new Set(keys).size === 1;

it('asks a second time under the key of the first, where no answer came', async () => {
  failure = unreachable;
  await except();
  await except();
  failure = null;
  await except();
  expect(areSame()).toBe(true);
});

it('asks anew for what was answered, for something else, and for the same after a while', async () => {
  await except();
  await except();
  failure = new Failure('conflict', 'exception-over', 'It is over.');
  await except();
  failure = unreachable;
  await except();
  await except('another reason');
  await vi.advanceTimersByTimeAsync(121_000);
  await except();
  expect(new Set(keys).size).toBe(6);
});

it('never takes an earlier plan for what would happen now', async () => {
  failure = unreachable;
  const preview = () => promote('p', { release: '1.0.0', to: 'prod', dryRun: true }).catch(() => undefined);
  await preview();
  await preview();
  expect(new Set(keys).size).toBe(2);
});

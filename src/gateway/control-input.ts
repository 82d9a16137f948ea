import { Failure } from '../domain/failure.ts';
import type { Digest, ReleaseId, RolloutId, ServiceName } from '../domain/ids.ts';
import type { RouteSpec, Target, WeightSpec } from '../domain/traffic.ts';
import type { RenewRequest, RoutesRequest, TakeBackRequest } from '../protocol/gateway.ts';

/** What comes in over the control socket is parsed here, once. Each throws Failure invalid `control-input`. */

type Fields = Readonly<Record<string, unknown>>;

const dayMs = 86_400_000;

export function parseRoutes(input: unknown): RoutesRequest {
  return { routes: list(fields(input, 'the body')['routes'], 'routes', 1_000).map(route) };
}

export function parseWeight(input: unknown): WeightSpec {
  const from = fields(input, 'the weight');
  const { leaseMs } = from;
  return {
    rollout: text(from, 'rollout', /^[\w-]{1,100}$/) as RolloutId,
    generation: number(from, 'generation', 0, Number.MAX_SAFE_INTEGER, true),
    percent: number(from, 'percent', 0, 100),
    leaseMs: leaseMs === null ? null : number(from, 'leaseMs', 1, dayMs),
  };
}

export function parseRenew(input: unknown): RenewRequest {
  const from = fields(input, 'the renewal');
  return {
    rollout: text(from, 'rollout', /^[\w-]{1,100}$/) as RolloutId,
    generation: number(from, 'generation', 0, Number.MAX_SAFE_INTEGER, true),
    leaseMs: number(from, 'leaseMs', 1, dayMs),
  };
}

export function parseTakeBack(input: unknown): TakeBackRequest {
  const from = fields(input, 'the taking back');
  return {
    rollout: text(from, 'rollout', /^[\w-]{1,100}$/) as RolloutId,
    generation: number(from, 'generation', 0, Number.MAX_SAFE_INTEGER, true),
    reason: text(from, 'reason', /^[^]{0,2000}$/),
  };
}

function route(input: unknown): RouteSpec {
  const from = fields(input, 'a route');
  return {
    service: text(from, 'service', /^[a-z0-9-]{1,40}$/) as ServiceName,
    port: number(from, 'port', 0, 65_535, true),
    stable: target(from['stable'], 'stable'),
    candidate: target(from['candidate'], 'candidate'),
    drainMs: number(from, 'drainMs', 0, dayMs),
    probe: probe(from['probe']),
  };
}

function target(input: unknown, what: string): Target | null {
  if (input === null) return null;
  const from = fields(input, what);
  return {
    release: text(from, 'release', /^sha256:[0-9a-f]{64}$/) as ReleaseId,
    version: text(from, 'version', /^[\w.+-]{1,100}$/),
    artifact: text(from, 'artifact', /^sha256:[0-9a-f]{64}$/) as Digest,
    addresses: list(from['addresses'], 'addresses', 1_000).map(address),
  };
}

function address(input: unknown): string {
  if (typeof input === 'string' && /^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/.test(input)) return input;
  throw wrong('An address is written as 127.0.0.1:port.');
}

function probe(input: unknown): RouteSpec['probe'] {
  if (input === null) return null;
  const from = fields(input, 'probe');
  return {
    path: text(from, 'path', /^\/[\x21-\x7e]{0,2000}$/),
    perSecond: number(from, 'perSecond', 0.001, 100),
  };
}

function fields(input: unknown, what: string): Fields {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Fields;
  throw wrong(`There should be an object for ${what}.`);
}

function list(input: unknown, what: string, most: number): readonly unknown[] {
  if (Array.isArray(input) && input.length <= most) return input;
  throw wrong(`There should be a list of at most ${most} for ${what}.`);
}

function text(from: Fields, name: string, pattern: RegExp): string {
  const value = from[name];
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw wrong(`The field ${name} is missing or not of its form.`);
}

function number(from: Fields, name: string, least: number, most: number, whole = false): number {
  const value = from[name];
  const fits = typeof value === 'number' && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return value;
  throw wrong(`The field ${name} should be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`);
}

function wrong(message: string): Failure {
  return new Failure('invalid', 'control-input', message, {
    wayOut: 'The agent and the gateway should be of the same version.',
  });
}

import { parse } from 'yaml';
import type { PinnedKeys } from '../domain/audit/index.ts';
import { Failure } from '../domain/failure.ts';

/**
 * Reads `rung.keys.yaml`: under `control-plane` a list of signing keys, under `agents` for each agent's id a list of
 * signing keys or a mapping with such a list as `signing`. Throws invalid `keys-malformed`.
 */
export function parsePinnedKeys(text: string, name: string): PinnedKeys {
  const file = parsed(text, name);
  const agents = Object.entries(mapping(file['agents'] ?? {}, name)).map(([agent, keys]) => {
    const list = Array.isArray(keys) || typeof keys === 'string' ? keys : mapping(keys, name)['signing'];
    return [agent, keyList(list, name)] as const;
  });
  return { controlPlane: keyList(file['control-plane'], name), agents: Object.fromEntries(agents) };
}

function parsed(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    return mapping(parse(text, { maxAliasCount: 0, schema: 'core' }), name);
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : malformed(name, thrown);
  }
}

function mapping(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(name);
  return value as Readonly<Record<string, unknown>>;
}

const key = /^[A-Za-z0-9_-]{43}$/u;

function keyList(value: unknown, name: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((one): one is string => typeof one === 'string' && key.test(one))) throw malformed(name);
  return list;
}

const malformed = (name: string, cause?: unknown): Failure =>
  new Failure('invalid', 'keys-malformed', `${name} does not hold pinned keys.`, {
    wayOut: 'Take the file as it was committed: it lists keys under control-plane and under agents.',
    cause,
  });

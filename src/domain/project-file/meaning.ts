import { alarmFindings } from './alarm-meaning.ts';
import { branchPatternProblem } from './branch.ts';
import { calendarFindings } from './calendar-meaning.ts';
import { type Finding, numberOf, pointerTo, recordOf, textOf, unknownName } from './finding.ts';
import { pipelineFindings } from './pipeline-meaning.ts';

/**
 * What a schema cannot say: names that must exist, orders, sums. Reads data of any shape, so that these problems are
 * found beside those of the schema in one go; where the shape is wrong, it says nothing.
 */
export function meaningFindings(data: unknown): readonly Finding[] {
  const file = recordOf(data);
  return [
    ...serviceFindings(recordOf(file['services'])),
    ...environmentFindings(file),
    ...calendarFindings(file),
    ...alarmFindings(file),
    ...pipelineFindings(file),
  ];
}

function serviceFindings(services: Readonly<Record<string, unknown>>): readonly Finding[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const path = textOf(recordOf(service)['path']);
    const message = path === undefined ? null : pathProblem(path);
    if (message === null) return [];
    const instead = 'a folder inside the repository, relative to this file, for example `services/web`';
    return [{ pointer: pointerTo('services', name, 'path'), on: 'value' as const, message, instead }];
  });
}

function pathProblem(path: string): string | null {
  if (path.includes('\\')) return 'A path has forward slashes on every system.';
  if (path.startsWith('/') || /^[a-z]:\//i.test(path)) return 'This path is absolute.';
  if (path.split('/').includes('..')) return 'This path may lead out of the repository.';
  if (path.split('/').includes('.git')) return 'A service cannot lie inside .git.';
  return null;
}

function environmentFindings(file: Readonly<Record<string, unknown>>): readonly Finding[] {
  const environments = recordOf(file['environments']);
  const named = Object.entries(environments).map(([name, spec]) => ({ name, spec: recordOf(spec) }));
  return [
    ...named.flatMap(({ name, spec }) => [
      ...lifecycleFindings(name, spec),
      ...sourceFindings(name, spec),
      ...mirrorFindings(name, spec, Object.keys(environments)),
    ]),
    ...portFindings(named, Object.keys(recordOf(file['services']))),
  ];
}

interface Named {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

function lifecycleFindings(name: string, spec: Named['spec']): readonly Finding[] {
  const at = (key: string): Pick<Finding, 'pointer' | 'on'> => ({
    pointer: pointerTo('environments', name, key),
    on: 'key',
  });
  if ('reset' in spec && 'ttl' in spec) {
    return [
      {
        ...at('ttl'),
        message: `"${name}" cannot both be set back again and again and be removed.`,
        instead: '`reset` for an environment that stays, or `ttl` for one that goes',
      },
    ];
  }
  const key = 'reset' in spec ? 'reset' : 'ttl';
  if (spec['tier'] !== 'production' || !(key in spec)) return [];
  return [{ ...at(key), message: 'A production environment is permanent.', instead: `no \`${key}\` here` }];
}

function sourceFindings(name: string, spec: Named['spec']): readonly Finding[] {
  const source = textOf(spec['source']);
  if (source === undefined && spec['deploy'] === 'on-merge') {
    return [
      {
        pointer: pointerTo('environments', name, 'deploy'),
        on: 'value',
        message: `"${name}" is deployed on a merge, but no branch is named.`,
        instead: '`source: develop` beside it, or `deploy: manual`',
      },
    ];
  }
  const message = source === undefined ? null : branchPatternProblem(source);
  if (message === null) return [];
  return [
    {
      pointer: pointerTo('environments', name, 'source'),
      on: 'value',
      message,
      instead: 'a branch such as `develop`, or a pattern such as `release/v*`',
    },
  ];
}

function mirrorFindings(
  name: string,
  spec: Named['spec'],
  environments: readonly string[],
): readonly Finding[] {
  const mirrors = textOf(spec['mirrors']);
  const at = { pointer: pointerTo('environments', name, 'mirrors'), on: 'value' as const };
  if (mirrors === undefined) return [];
  if (mirrors === name)
    return [{ ...at, message: `"${name}" cannot mirror itself.`, instead: 'another environment' }];
  return environments.includes(mirrors)
    ? []
    : [{ ...at, ...unknownName('environment', mirrors, environments) }];
}

function portFindings(environments: readonly Named[], services: readonly string[]): readonly Finding[] {
  const taken = new Map<number, string>();
  return environments.flatMap(({ name, spec }) =>
    Object.entries(recordOf(spec['ports'])).flatMap(([service, value]): Finding[] => {
      const pointer = pointerTo('environments', name, 'ports', service);
      if (!services.includes(service)) {
        return [{ pointer, on: 'key', ...unknownName('service', service, services) }];
      }
      const port = numberOf(value);
      if (port === undefined) return [];
      const holder = taken.get(port);
      taken.set(port, holder ?? `${service} in ${name}`);
      if (holder === undefined) return [];
      const message = `Port ${port} belongs to ${holder} already.`;
      return [{ pointer, on: 'value', message, instead: 'a port of its own, or nothing for a free one' }];
    }),
  );
}

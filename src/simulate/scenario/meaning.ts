import { durationMs } from '../../domain/project-file/duration.ts';
import {
  type Finding,
  listOf,
  pointerTo,
  recordOf,
  textOf,
  unknownName,
} from '../../domain/project-file/finding.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { allMembers } from '../../domain/roles.ts';
import { gateName } from '../../domain/gate.ts';
import { evidenceGates } from './gates.ts';
import { membersNamed, shortName } from './members.ts';

/** What the schema cannot see: names that the project does not have, and what contradicts itself. */
export function meaningFindings(data: unknown, file: ProjectFile): readonly Finding[] {
  const scenario = recordOf(data);
  const services = recordOf(scenario['services']);
  return [
    ...environmentFindings(scenario, file),
    ...missingFindings(scenario, file),
    ...Object.keys(services).flatMap((name) =>
      serviceFindings(pointerTo('services', name), name, 'key', file),
    ),
    ...curvesIn(scenario, services).flatMap(([pointer, curve]) => curveFindings(pointer, curve)),
    ...listOf(scenario['happens']).flatMap((one, index) =>
      happeningFindings(pointerTo('happens', index), recordOf(one), file),
    ),
    ...expectationFindings(recordOf(scenario['expect'])),
  ];
}

type Data = Readonly<Record<string, unknown>>;

function environmentFindings(scenario: Data, file: ProjectFile): readonly Finding[] {
  const to = textOf(scenario['to']);
  const ladder = Object.values(file.pipelines).flatMap((steps) => steps.map((step) => step.environment));
  if (to === undefined || ladder.some((name) => name === to)) return [];
  const isDeclared = Object.keys(file.environments).includes(to);
  const at = { pointer: '/to', on: 'value' as const };
  if (!isDeclared) return [{ ...at, ...unknownName('environment', to, ladder) }];
  return [{ ...at, message: `"${to}" is in no pipeline.`, instead: `one of ${ladder.join(', ')}` }];
}

function missingFindings(scenario: Data, file: ProjectFile): readonly Finding[] {
  const steps = Object.values(file.pipelines).flat();
  const gates = steps.find(({ environment }) => environment === scenario['to'])?.gates ?? [];
  const known = evidenceGates(gates).map(gateName);
  return listOf(recordOf(scenario['start'])['missing']).flatMap((gate, index): readonly Finding[] => {
    const pointer = pointerTo('start', 'missing', index);
    const name = textOf(gate);
    return name === undefined || known.includes(name)
      ? []
      : [{ pointer, on: 'value', ...unknownName('gate that asks for evidence', name, known) }];
  });
}

function serviceFindings(
  pointer: string,
  name: string,
  on: Finding['on'],
  file: ProjectFile,
): readonly Finding[] {
  const known = Object.keys(file.services);
  return known.includes(name) ? [] : [{ pointer, on, ...unknownName('service', name, known) }];
}

type Placed = readonly [pointer: string, curve: unknown];

function curvesIn(scenario: Data, services: Data): readonly Placed[] {
  const own = Object.entries(services).flatMap(([name, one]) =>
    curvesOf(pointerTo('services', name), recordOf(one)),
  );
  const before = recordOf(scenario['before']);
  return [
    ...curvesOf('', scenario),
    ['/before/traffic', before['traffic']],
    ['/before/errors', before['errors']],
    ...own,
  ];
}

const curvesOf = (pointer: string, holder: Data): readonly Placed[] => [
  [`${pointer}/traffic`, holder['traffic']],
  ...truthCurves(`${pointer}/stable`, recordOf(holder['stable'])),
  ...truthCurves(`${pointer}/candidate`, recordOf(holder['candidate'])),
];

const truthCurves = (pointer: string, truth: Data): readonly Placed[] => [
  [`${pointer}/errors`, truth['errors']],
  [`${pointer}/p95`, truth['p95']],
];

function curveFindings(pointer: string, curve: unknown): readonly Finding[] {
  const latest = { at: -1, after: -1 };
  return listOf(curve).flatMap((item, index): readonly Finding[] => {
    const place = `${pointer}/${index}`;
    const isChange = typeof item === 'object';
    if (index === 0 && isChange)
      return [
        {
          pointer: place,
          on: 'value',
          message: 'It is not said what it is at first.',
          instead: 'a plain value as the first item',
        },
      ];
    if (index > 0 && !isChange)
      return [
        {
          pointer: place,
          on: 'value',
          message: 'It is not said from when on this is so.',
          instead: `\`{ at: 1m, is: ${textOf(item) ?? '…'} }\``,
        },
      ];
    return isChange ? changeFindings(place, recordOf(item), latest) : [];
  });
}

function changeFindings(
  pointer: string,
  change: Data,
  latest: { at: number; after: number },
): readonly Finding[] {
  const found = [...momentFindings(pointer, change)];
  if ('is' in change === 'to' in change)
    found.push({
      pointer,
      on: 'value',
      message: 'A change has one new value.',
      instead: '`is:` for one at once, or `to:` with `over:`',
    });
  else if ('to' in change !== 'over' in change)
    found.push({
      pointer,
      on: 'value',
      message: '`to` and `over` belong together.',
      instead: '`{ at: 1m, to: 6%, over: 10m }`',
    });
  for (const key of ['at', 'after'] as const) {
    const ms = durationMs(textOf(change[key]) ?? '') ?? latest[key];
    if (ms < latest[key])
      found.push({
        pointer: `${pointer}/${key}`,
        on: 'value',
        message: 'This comes before the change above it.',
        instead: 'changes in the order of their times',
      });
    latest[key] = ms;
  }
  return found;
}

function momentFindings(pointer: string, data: Data): readonly Finding[] {
  if ('at' in data !== 'after' in data) return [];
  const message = 'at' in data ? 'These are two times.' : 'It is not said when.';
  return [
    {
      pointer,
      on: 'value',
      message,
      instead: '`at:` from the start, or `after:` from the new version’s first request',
    },
  ];
}

const kinds = ['does', 'agent', 'control-plane', 'clock', 'crash', 'unhealthy'];

function happeningFindings(pointer: string, happening: Data, file: ProjectFile): readonly Finding[] {
  const named = kinds.filter((kind) => kind in happening);
  const found = [...momentFindings(pointer, happening)];
  if (named.length !== 1)
    found.push({
      pointer,
      on: 'value',
      message: named.length === 0 ? 'It is not said what happens.' : `These are ${named.length} things.`,
      instead: `one of ${kinds.map((kind) => `\`${kind}:\``).join(', ')}`,
    });
  found.push(...belongs(pointer, happening, ['who', 'why'], ['does']));
  found.push(...belongs(pointer, happening, ['for'], ['agent', 'control-plane', 'unhealthy']));
  for (const key of ['crash', 'unhealthy']) {
    const service = textOf(happening[key]);
    if (service !== undefined) found.push(...serviceFindings(`${pointer}/${key}`, service, 'value', file));
  }
  return [...found, ...whoFindings(`${pointer}/who`, textOf(happening['who']), file)];
}

const belongs = (
  pointer: string,
  data: Data,
  keys: readonly string[],
  to: readonly string[],
): readonly Finding[] =>
  to.some((one) => one in data)
    ? []
    : keys
        .filter((key) => key in data)
        .map((key) => ({
          pointer: `${pointer}/${key}`,
          on: 'key',
          message: `\`${key}\` belongs to ${to.map((one) => `\`${one}\``).join(', ')}.`,
          instead: 'nothing',
        }));

function whoFindings(pointer: string, who: string | undefined, file: ProjectFile): readonly Finding[] {
  if (who === undefined) return [];
  const found = membersNamed(file, who);
  if (found.length === 1) return [];
  if (found.length > 1)
    return [
      {
        pointer,
        on: 'value',
        message: `"${who}" may be ${found.join(' or ')}.`,
        instead: 'the whole address',
      },
    ];
  const members = allMembers(file);
  const known = who.includes('@') ? members : members.map(shortName);
  return [{ pointer, on: 'value', ...unknownName('member', who, known) }];
}

function expectationFindings(expected: Data): readonly Finding[] {
  const ends = [expected['ends']].flat();
  if (!('by' in expected) || ends.some((end) => end === 'rolled back' || end === 'held')) return [];
  return [
    {
      pointer: '/expect/by',
      on: 'key',
      message: 'No rule makes a release end like that.',
      instead: '`by` with `rolled back` or `held` only',
    },
  ];
}

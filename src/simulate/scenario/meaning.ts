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
import { gateName } from '../../domain/gate.ts';
import type { Data } from './happening-meaning.ts';
import { closableGates } from './gates.ts';
import { happeningFindings, momentFindings } from './happening-meaning.ts';

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
      happeningFindings(pointerTo('happens', index), recordOf(one), file, scenario['to']),
    ),
    ...expectationFindings(recordOf(scenario['expect'])),
  ];
}

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
  const known = closableGates(gates).map(gateName);
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

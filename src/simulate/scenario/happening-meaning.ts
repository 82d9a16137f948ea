import { gateName } from '../../domain/gate.ts';
import { type Finding, textOf, unknownName } from '../../domain/project-file/finding.ts';
import type { GateSpec, ProjectFile } from '../../domain/project-file/types.ts';
import { allMembers } from '../../domain/roles.ts';
import { evidenceGates } from './gates.ts';
import { membersNamed, shortName } from './members.ts';

export type Data = Readonly<Record<string, unknown>>;

/** What the schema cannot see of what happens: two things in one, what belongs to something else, unknown names. */
export function happeningFindings(
  pointer: string,
  happening: Data,
  file: ProjectFile,
  to: unknown,
): readonly Finding[] {
  return [
    ...momentFindings(pointer, happening),
    ...kindFindings(pointer, happening),
    ...belongings(pointer, happening),
    ...wanting(pointer, happening),
    ...(['crash', 'unhealthy'] as const).flatMap((key) =>
      nameFindings(pointer, happening, key, 'service', Object.keys(file.services)),
    ),
    ...nameFindings(pointer, happening, 'in', 'environment', Object.keys(file.environments)),
    ...gateFindings(pointer, happening, gatesInto(file, to)),
    ...(['who', 'to'] as const).flatMap((key) =>
      memberFindings(`${pointer}/${key}`, textOf(happening[key]), file),
    ),
  ];
}

export function momentFindings(pointer: string, data: Data): readonly Finding[] {
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

const kinds = [
  'does',
  'agent',
  'control-plane',
  'clock',
  'crash',
  'unhealthy',
  'alarm',
  'evidence',
  'webhook',
];

function kindFindings(pointer: string, happening: Data): readonly Finding[] {
  const named = kinds.filter((kind) => kind in happening);
  if (named.length === 1) return [];
  return [
    {
      pointer,
      on: 'value',
      message: named.length === 0 ? 'It is not said what happens.' : `These are ${named.length} things.`,
      instead: `one of ${kinds.map((kind) => `\`${kind}:\``).join(', ')}`,
    },
  ];
}

const lasting = ['make exception', 'delegate', 'request change'];

function belongings(pointer: string, happening: Data): readonly Finding[] {
  const does = textOf(happening['does']) ?? '';
  const belongs = (key: string, isSo: boolean, to: readonly string[]): readonly Finding[] =>
    isSo || !(key in happening)
      ? []
      : [
          {
            pointer: `${pointer}/${key}`,
            on: 'key',
            message: `\`${key}\` belongs to ${to.map((one) => `\`${one}\``).join(', ')}.`,
            instead: 'nothing',
          },
        ];
  const has = (...keys: readonly string[]): boolean => keys.some((key) => key in happening);
  const lasts = has('agent', 'control-plane', 'unhealthy', 'alarm') || lasting.includes(does);
  return [
    ...belongs('who', has('does'), ['does']),
    ...belongs('why', has('does', 'webhook'), ['does', 'webhook']),
    ...belongs('for', lasts, ['agent', 'control-plane', 'unhealthy', 'alarm', ...lasting]),
    ...belongs('in', has('alarm'), ['alarm']),
    ...belongs('answers', has('webhook'), ['webhook']),
    ...belongs('gate', ofGates.includes(does), ofGates),
    ...belongs('to', does === 'delegate', ['delegate']),
  ];
}

const ofGates = ['waive', 'ask again'];

/** What an act cannot do without. */
function wanting(pointer: string, happening: Data): readonly Finding[] {
  const does = textOf(happening['does']) ?? '';
  const needs = (key: string, message: string, instead: string): readonly Finding[] =>
    key in happening ? [] : [{ pointer, on: 'value', message, instead }];
  if (ofGates.includes(does)) return needs('gate', 'It is not said which gate.', '`gate:` with its name');
  return does === 'delegate' ? needs('to', 'It is not said who stands in.', '`to:` with a member') : [];
}

function nameFindings(
  pointer: string,
  happening: Data,
  key: string,
  what: string,
  known: readonly string[],
): readonly Finding[] {
  const name = textOf(happening[key]);
  if (name === undefined || known.includes(name)) return [];
  return [{ pointer: `${pointer}/${key}`, on: 'value', ...unknownName(what, name, known) }];
}

const gatesInto = (file: ProjectFile, to: unknown): readonly GateSpec[] =>
  Object.values(file.pipelines)
    .flat()
    .find(({ environment }) => environment === to)?.gates ?? [];

function gateFindings(pointer: string, happening: Data, gates: readonly GateSpec[]): readonly Finding[] {
  const programs = gates.filter(({ kind }) => kind === 'webhook').map(gateName);
  const asked = happening['does'] === 'ask again' ? programs : gates.map(gateName);
  const given = evidenceGates(gates).map(gateName);
  return [
    ...nameFindings(pointer, happening, 'gate', 'such gate', asked),
    ...nameFindings(pointer, happening, 'webhook', 'gate that asks a program', programs),
    ...nameFindings(pointer, happening, 'evidence', 'gate that evidence opens', given),
  ];
}

function memberFindings(pointer: string, name: string | undefined, file: ProjectFile): readonly Finding[] {
  if (name === undefined) return [];
  const found = membersNamed(file, name);
  if (found.length === 1) return [];
  if (found.length > 1)
    return [
      {
        pointer,
        on: 'value',
        message: `"${name}" may be ${found.join(' or ')}.`,
        instead: 'the whole address',
      },
    ];
  const members = allMembers(file);
  const known = name.includes('@') ? members : members.map(shortName);
  return [{ pointer, on: 'value', ...unknownName('member', name, known) }];
}

import { ruleOf } from '../expression/rule.ts';
import { durationMs } from './duration.ts';
import { addressFindings } from './address-meaning.ts';
import { type Finding, listOf, recordOf, textOf, unknownName } from './finding.ts';
import { shareLimit } from './limit.ts';

/** Problems of one step's gates: those that are there twice, limits of nothing, roles that do not exist. */
export function gateFindings(
  pointer: string,
  gates: unknown,
  isFirst: boolean,
  roles: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const list = listOf(gates);
  if (isFirst && list.some(looksBack)) return [nothingBefore(pointer)];
  return [
    ...twiceFindings(pointer, list),
    ...list.flatMap((gate, index) => settingFindings(`${pointer}/${index}`, recordOf(gate), roles)),
  ];
}

/** Gates that ask about the environment before this one. */
const looking = ['soak', 'smoke', 'validation', 'stability', 'alarms', 'uat'];
const looksBack = (gate: unknown): boolean => looking.includes(kindOf(gate) ?? '');

const kindOf = (gate: unknown): string | undefined => textOf(gate) ?? Object.keys(recordOf(gate))[0];

const nothingBefore = (pointer: string): Finding => ({
  pointer,
  on: 'key',
  message: 'A gate here looks at the environment before this one, and there is none.',
  instead: `no ${looking.map((kind) => `\`${kind}\``).join(', ')} on the first step`,
});

/** Its own name, where it has one: two checklists are two gates. */
const nameOf = (gate: unknown): string => {
  const kind = kindOf(gate) ?? '';
  return textOf(recordOf(recordOf(gate)[kind])['name']) ?? kind;
};

function twiceFindings(pointer: string, gates: readonly unknown[]): readonly Finding[] {
  const names = gates.map(nameOf);
  return names.flatMap((name, index): Finding[] =>
    name === '' || names.indexOf(name) === index
      ? []
      : [
          {
            pointer: `${pointer}/${index}`,
            on: 'value',
            message: `The gate "${name}" is there already.`,
            instead: 'each gate once, or another name',
          },
        ],
  );
}

function settingFindings(
  pointer: string,
  form: Readonly<Record<string, unknown>>,
  roles: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const stability = recordOf(form['stability']);
  return [
    ...shareFindings(`${pointer}/coverage`, form['coverage'], '>'),
    ...shareFindings(`${pointer}/stability/errors`, stability['errors'], '<'),
    ...emptySpan(`${pointer}/stability/for`, stability['for']),
    ...['tests', 'scan'].flatMap((key) => doubledFindings(`${pointer}/${key}`, form[key])),
    ...doubledFindings(`${pointer}/checklist/items`, recordOf(form['checklist'])['items']),
    ...['uat', 'change-request', 'rollback-plan'].flatMap((key) =>
      roleFindings(`${pointer}/${key}`, form[key], roles),
    ),
    ...roleFindings(`${pointer}/checklist/from`, recordOf(form['checklist'])['from'], roles),
    ...expressionFindings(`${pointer}/rule/when`, recordOf(form['rule'])['when']),
    ...addressFindings(`${pointer}/webhook/url`, textOf(recordOf(form['webhook'])['url']), webhookAddress),
  ];
}

function shareFindings(pointer: string, written: unknown, sign: '>' | '<'): readonly Finding[] {
  if (typeof written !== 'string' && typeof written !== 'number') return [];
  if (shareLimit(written, sign) !== null) return [];
  const message = `"${written}" is no limit here.`;
  const instead =
    sign === '>' ? '`"> 80"`, a share above which it is open' : '`"< 1%"`, a share it stays below';
  return [{ pointer, on: 'value', message, instead }];
}

const emptySpan = (pointer: string, written: unknown): readonly Finding[] =>
  durationMs(textOf(written) ?? '') === 0
    ? [{ pointer, on: 'value', message: 'No time at all proves nothing.', instead: 'a time such as `24h`' }]
    : [];

function doubledFindings(pointer: string, written: unknown): readonly Finding[] {
  const items = listOf(written).map((item) => textOf(item));
  return items.flatMap((item, index): Finding[] =>
    item === undefined || items.indexOf(item) === index
      ? []
      : [
          {
            pointer: `${pointer}/${index}`,
            on: 'value',
            message: `"${item}" is there already.`,
            instead: 'each once',
          },
        ],
  );
}

/** Roles that do not exist, or are there twice. */
export function roleFindings(
  pointer: string,
  written: unknown,
  roles: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const names = listOf(written).map(textOf);
  return [
    ...names.flatMap((role, index): Finding[] =>
      role === undefined || Object.hasOwn(roles, role)
        ? []
        : [
            {
              pointer: `${pointer}/${index}`,
              on: 'value',
              ...unknownName('role', role, Object.keys(roles)),
            },
          ],
    ),
    ...doubledFindings(pointer, written),
  ];
}

const webhookAddress = {
  plain: 'Over plain http, anybody on the way could answer.',
  password: 'the address alone: what is sent is signed',
  example: 'https://checks.example.org/licence',
} as const;

function expressionFindings(pointer: string, written: unknown): readonly Finding[] {
  const { problem } = ruleOf(textOf(written) ?? 'true');
  return problem === null ? [] : [{ pointer, on: 'value', ...problem }];
}

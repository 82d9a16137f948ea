import { shortened } from '../../../domain/evidence/facts.ts';
import { type JsonShape, type JsonValue, jsonAt, listAt, numberAt, textAt } from '../reading/json-shape.ts';

export const resultShape: JsonShape = {
  keys: {
    ruleId: 'value',
    ruleIndex: 'value',
    rule: { keys: { id: 'value', index: 'value', toolComponent: { keys: { index: 'value' } } } },
    kind: 'value',
    level: 'value',
    baselineState: 'value',
    message: { keys: { text: 'value', markdown: 'value' } },
    properties: { keys: { 'security-severity': 'value' } },
    suppressions: { each: { keys: { status: 'value' } } },
    locations: {
      first: 1,
      each: {
        keys: {
          physicalLocation: {
            keys: {
              artifactLocation: { keys: { uri: 'value' } },
              region: { keys: { startLine: 'value' } },
            },
          },
        },
      },
    },
  },
};

/** Whether it says that something is wrong now. `open` and `review` do: somebody has to look. */
export const isFinding = (result: JsonValue): boolean =>
  textAt(result, 'baselineState') !== 'absent' &&
  !['pass', 'notApplicable', 'informational'].includes(textAt(result, 'kind') ?? 'fail');

/** Accepted by all who were asked: a suppression that is under review or rejected does not hide it. */
export function isSuppressed(result: JsonValue): boolean {
  const suppressions = listAt(result, 'suppressions');
  return (
    suppressions.length > 0 &&
    suppressions.every((one) => (textAt(one, 'status') ?? 'accepted') === 'accepted')
  );
}

/** The level where the result leaves it to its rule: null. One that is no failure has none by default. */
export function levelWritten(result: JsonValue): JsonValue {
  const level = jsonAt(result, 'level') ?? null;
  return level === null && (textAt(result, 'kind') ?? 'fail') !== 'fail' ? 'none' : level;
}

export const messageOf = (result: JsonValue): string =>
  shortened(textAt(result, 'message', 'text') ?? textAt(result, 'message', 'markdown') ?? '');

export function placeOf(result: JsonValue): string {
  const physical = jsonAt(listAt(result, 'locations')[0], 'physicalLocation');
  const file = shortened(textAt(physical, 'artifactLocation', 'uri') ?? '');
  const line = numberAt(physical, 'region', 'startLine');
  return line === null || file === '' ? file : `${file}:${line}`;
}

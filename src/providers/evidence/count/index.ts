import type { CountFacts } from '../../../domain/evidence/facts.ts';
import type { Format, FormatInput } from '../format.ts';
import { type JsonValue, jsonAt, textAt } from '../reading/json-shape.ts';
import { readJson } from '../reading/json.ts';

const shape = { keys: { count: 'value', tracker: 'value', link: 'value' } } as const;

/** A number that was counted elsewhere, such as the blocking bugs of a tracker: `{"count": 0, "tracker": "Jira", "link": "https://…"}`. */
export const count: Format = {
  name: 'count',
  proves: 'count',
  syntax: 'json',
  title: 'a posted count',
  mediaTypes: ['application/vnd.rung.count+json'],
  fileName: /(?:^|[/\\])[^/\\]*count\.json$/iu,
  recognizes: (_, head) => /^\s*\{[^{[]{0,2000}"count"\s*:/u.test(head),
  async read(file) {
    const whole = await readJson(file, shape);
    return {
      kind: 'count',
      count: counted(file, whole),
      tracker: textAt(whole, 'tracker'),
      link: linkIn(file, whole),
    } satisfies CountFacts;
  },
};

function counted({ problems }: FormatInput, whole: JsonValue): number {
  const written = jsonAt(whole, 'count');
  if (typeof written === 'number' && Number.isSafeInteger(written) && written >= 0) return written;
  return problems.stop({
    code: 'not-a-count',
    message: written === undefined ? 'There is no count' : 'The count is no count',
    instead: '{"count": N}, a whole number from 0',
    pointer: '/count',
  });
}

function linkIn({ problems }: FormatInput, whole: JsonValue): string | null {
  const link = textAt(whole, 'link');
  const url = link === null ? null : URL.parse(link);
  if (link === null || (url !== null && isPlain(url))) return link;
  problems.note({
    code: 'not-a-link',
    message: 'The link is none that people can follow, or holds a password',
    instead: 'https://HOST/PATH, without name and password',
    pointer: '/link',
  });
  return null;
}

const isPlain = ({ protocol, username, password }: URL): boolean =>
  /^https?:$/u.test(protocol) && username === '' && password === '';

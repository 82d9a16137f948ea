import { type Finding, listOf, recordOf, textOf } from './finding.ts';
import { roleFindings } from './gate-meaning.ts';

/** Problems of an emergency way in: roles that do not exist, and nobody who could be the second person. */
export function emergencyFindings(
  pointer: string,
  emergency: unknown,
  roles: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const spec = recordOf(emergency);
  const findings = ['from', 'second'].flatMap((key) => roleFindings(`${pointer}/${key}`, spec[key], roles));
  if (findings.length > 0) return findings;
  const askers = membersOf(spec['from'], roles);
  const seconds = membersOf(spec['second'] ?? spec['from'], roles);
  const lonely = askers.length > 0 && askers.every((asker) => seconds.every((second) => second === asker));
  return lonely
    ? [
        {
          pointer,
          on: 'value',
          message: 'Nobody could confirm: that has to be another person than who asks.',
          instead: '`second` with a role that somebody else has',
        },
      ]
    : [];
}

const membersOf = (names: unknown, roles: Readonly<Record<string, unknown>>): readonly string[] =>
  listOf(names)
    .flatMap((role) => listOf(recordOf(roles[textOf(role) ?? ''])['members']))
    .flatMap((member) => textOf(member)?.toLowerCase() ?? []);

import { countText } from '../wording.ts';
import { type Finding, listOf, numberOf, recordOf, textOf, unknownName } from './finding.ts';

/** Problems of one step's approvals: roles that do not exist, and counts that nobody could ever reach. */
export function approvalFindings(
  pointer: string,
  approvals: unknown,
  roles: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const spec = recordOf(approvals);
  const from = listOf(spec['from']).map(textOf);
  const references = from.flatMap((role, index): Finding[] => {
    if (role === undefined) return [];
    const place = { pointer: `${pointer}/from/${index}`, on: 'value' as const };
    if (!Object.hasOwn(roles, role)) return [{ ...place, ...unknownName('role', role, Object.keys(roles)) }];
    const again = from.indexOf(role) < index;
    return again ? [{ ...place, message: `"${role}" is there already.`, instead: 'each role once' }] : [];
  });
  return references.length > 0 ? references : reachFindings(pointer, spec, from, roles);
}

function reachFindings(
  pointer: string,
  spec: Readonly<Record<string, unknown>>,
  from: readonly (string | undefined)[],
  roles: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const members = from.map((role) => listOf(recordOf(roles[role ?? ''])['members']).map(textOf));
  const people = new Set(members.flat().flatMap((member) => member?.toLowerCase() ?? [])).size;
  const count = numberOf(spec['count']) ?? 1;
  const distinctRoles = numberOf(spec['distinct-roles']) ?? 1;
  const most = Math.min(count, from.length);
  return [
    ...(people > 0 && count > people
      ? [
          {
            pointer: `${pointer}/count`,
            on: 'value' as const,
            message: `${count} people have to approve, but these roles have ${people} between them.`,
            instead: `${people} or fewer, or more members`,
          },
        ]
      : []),
    ...(from.length > 0 && distinctRoles > most
      ? [
          {
            pointer: `${pointer}/distinct-roles`,
            on: 'value' as const,
            message: `${countText(count, 'approval')} from ${countText(from.length, 'role')} cannot have ${distinctRoles} roles between them.`,
            instead: `${most} or fewer`,
          },
        ]
      : []),
  ];
}

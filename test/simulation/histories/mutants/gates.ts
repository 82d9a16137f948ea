import { edit, type Mutant } from './mutant.ts';

const admit = 'src/lifecycle/promote/admit.ts';
const gate = (name: string): string => `src/lifecycle/promote/gates/${name}.ts`;

export const ofGates: readonly Mutant[] = [
  {
    sentence: 'An alarm that fires keeps nobody away.',
    edits: [edit(gate('alarms'), 'if (firing.length + blind.length > 0)', 'if (blind.length > 99)')],
    caughtBy: ['no-start-in-alarm'],
  },
  {
    sentence: 'Whatever a program answers that was asked, it is taken for a yes.',
    edits: [
      edit(
        gate('webhook'),
        "if (state.phase === 'answered' && state.answer.verdict === 'pass')",
        "if (state.phase === 'answered')",
      ),
    ],
    caughtBy: ['asked-said-yes'],
  },
  {
    sentence: 'A change request stays approved when it is changed.',
    edits: [
      edit('src/domain/change-request.ts', 'form === digest && !authors', '!authors'),
      edit(
        'src/lifecycle/promote/changes/write.ts',
        "editedBy: by, state: { phase: 'open' } }",
        'editedBy: by, state: change.state }',
      ),
    ],
    caughtBy: ['change-agreed'],
  },
  {
    sentence: 'An exception is never over, and revoking it changes nothing.',
    edits: [
      edit('src/domain/calendar/exception.ts', 'one.revoked === null && exceptingRoles', 'exceptingRoles'),
      edit(
        'src/lifecycle/lookup.ts',
        "const filter = { environment: id, phase: ['standing'] };",
        'const filter = { environment: id };',
      ),
      edit(
        'src/domain/calendar/exception.ts',
        '=> ({ id, from, to, by, reason })',
        '=> ({ id, from, to: instant(to + 1e10), by, reason })',
      ),
      edit(
        'src/domain/calendar/exception.ts',
        'import type { ActorId, EnvironmentId, Instant, ProjectId, RoleName } from',
        'import { instant } from',
      ),
    ],
    caughtBy: ['open-hours'],
  },
  {
    sentence: 'Nobody looks at the hours of an environment.',
    edits: [edit(admit, '[calendar, oneAtATime]', '[oneAtATime]')],
    caughtBy: ['open-hours'],
  },
  {
    sentence: 'Anybody may waive a gate.',
    edits: [
      edit(
        'src/lifecycle/promote/gates/index.ts',
        '(rung?.step.waive ?? []).some((role) => file.roles[role]?.members.includes(one.by) === true),',
        'rung !== null && file !== null,',
      ),
      edit('src/lifecycle/promote/waive.ts', 'if (roles.length > 0) return roles;', 'return roles;'),
    ],
    caughtBy: ['waived-by-name'],
  },
  {
    sentence: 'A release has soaked as soon as it is there.',
    edits: [edit(gate('soak'), 'const leftMs = forMs - ranForMs(', 'const leftMs = 0 * ranForMs(')],
    caughtBy: ['soaked'],
  },
  {
    sentence: 'A token that was revoked is good until it expires.',
    edits: [
      edit(
        'src/lifecycle/operate/tokens.ts',
        'token.revokedAt === null && token.expiresAt',
        'token.expiresAt',
      ),
    ],
    caughtBy: ['revoked-token-opens-nothing'],
  },
  {
    sentence: 'A key that is replaced stays good beside the new one.',
    edits: [
      edit(
        'src/lifecycle/operate/agent-keys.ts',
        '...agent.keys.map((one) => revoked(one, now))',
        '...agent.keys',
      ),
    ],
    caughtBy: ['revoked-key-opens-nothing'],
  },
];

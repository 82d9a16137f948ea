import { type Static, Type } from 'typebox';
import type { RoleName } from '../../domain/ids.ts';
import type { ProposalId } from '../../domain/rules/index.ts';
import type { RulesComparison, RulesProposalView, RulesView } from '../../lifecycle/rules-views.ts';
import { actor } from './actor.ts';
import { lifter } from './admission.ts';
import { askReason } from './asks.ts';
import type { Same } from './same.ts';
import {
  actorId,
  count,
  digest,
  environmentName,
  instantMs,
  listOf,
  nameOf,
  nullable,
  oneOf,
  ref,
  text,
  uuid,
} from './shapes.ts';

const change = Type.Object({
  what: text,
  from: nullable(text),
  to: nullable(text),
  effect: oneOf(['weakens', 'strengthens', 'neither']),
});

export const rulesProposal = Type.Object(
  {
    id: uuid<ProposalId>('Proposal'),
    hash: digest,
    changes: listOf(change),
    proposedBy: ref(actor),
    proposedAt: instantMs,
    approvals: listOf(Type.Object({ by: actorId, roles: listOf(nameOf<RoleName>('Role')), at: instantMs })),
    needed: count,
    missingPeople: count,
    missingRoles: count,
    approvers: lifter,
  },
  {
    $id: 'RulesProposal',
    description: 'A project file that would weaken an environment, and waits for its approvers',
  },
);
true satisfies Same<Static<typeof rulesProposal>, RulesProposalView>;

export const rules = Type.Object(
  {
    environment: environmentName,
    file: digest,
    branch: text,
    acceptedAt: instantMs,
    acceptedBy: ref(actor),
    text,
    proposal: nullable(ref(rulesProposal)),
  },
  { $id: 'Rules', description: 'The project file that rules an environment' },
);
true satisfies Same<Static<typeof rules>, RulesView>;

export const rulesComparison = Type.Object(
  { environment: environmentName, changes: listOf(change), needsApproval: Type.Boolean() },
  { $id: 'RulesComparison', description: 'What another project file would change for one environment' },
);
true satisfies Same<Static<typeof rulesComparison>, RulesComparison>;

const closed = { additionalProperties: false } as const;
const fileText = Type.String({
  minLength: 1,
  maxLength: 1_048_576,
  description: 'A project file, as written',
});

export const askComparison = Type.Object({ text: fileText }, closed);
export const askRules = Type.Object(
  { text: fileText, branch: Type.Optional(Type.String({ minLength: 1, maxLength: 250 })) },
  closed,
);
export const askRulesApproval = Type.Object(
  {
    hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
    comment: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
);
export const askRulesRejection = Type.Object(
  {
    reason: askReason.properties.reason,
    hash: Type.Optional(
      Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'What you saw; else whatever waits' }),
    ),
  },
  closed,
);

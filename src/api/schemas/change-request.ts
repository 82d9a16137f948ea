import { type Static, Type } from 'typebox';
import {
  type ChangeForm,
  type ChangeNumber,
  changeOutcomes,
  changePhases,
  changeRisks,
  changeTypes,
  deviationKinds,
} from '../../domain/change-request.ts';
import type { RoleName } from '../../domain/ids.ts';
import type { AskChange } from '../../lifecycle/face.ts';
import type { ChangeRequestView } from '../../lifecycle/views.ts';
import { actor } from './actor.ts';
import { releaseRef } from './release.ts';
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
  promotionId,
  ref,
  text,
} from './shapes.ts';

const closed = { additionalProperties: false } as const;
const prose = (description: string) => Type.String({ minLength: 1, maxLength: 10_000, description });
const moment = Type.Unsafe<ChangeForm['window']['from']>({
  type: 'integer',
  minimum: 0,
  maximum: 7_258_118_400_000,
  description: 'Milliseconds since 1 January 1970, UTC',
});

const form = {
  reference: nullable(
    Type.String({ minLength: 1, maxLength: 100, description: 'Its number at your own desk' }),
  ),
  type: oneOf(changeTypes),
  risk: oneOf(changeRisks),
  window: Type.Object({ from: moment, to: moment }, closed),
  rollbackMinutes: Type.Integer({ minimum: 0, maximum: 100_000 }),
  testing: prose('How it is seen that it works'),
  communication: prose('Who is told, when and where'),
  description: Type.String({ maxLength: 10_000 }),
};

const release = Type.String({ minLength: 1, maxLength: 100, description: 'A version or a release id' });
const seen = Type.String({
  pattern: '^sha256:[0-9a-f]{64}$',
  description: 'The field `seen` of what you looked at',
});

export const askChange = Type.Object(
  { release, to: Type.String({ minLength: 1, maxLength: 40 }), ...form },
  closed,
);
true satisfies Same<Static<typeof askChange>, AskChange>;

export const askChangeEdit = Type.Object(
  {
    seen,
    reference: Type.Optional(form.reference),
    type: Type.Optional(form.type),
    risk: Type.Optional(form.risk),
    window: Type.Optional(form.window),
    rollbackMinutes: Type.Optional(form.rollbackMinutes),
    testing: Type.Optional(form.testing),
    communication: Type.Optional(form.communication),
    description: Type.Optional(form.description),
  },
  closed,
);

export const askChangeApproval = Type.Object(
  { seen, comment: Type.Optional(Type.String({ maxLength: 2000 })) },
  closed,
);
export const askChangeNote = Type.Object({ note: Type.String({ minLength: 1, maxLength: 2000 }) }, closed);

export const changeNumber = nameOf<ChangeNumber>('`CHG-0001` and on');

const state = Type.Union([
  Type.Object({ phase: Type.Literal('open') }),
  Type.Object({ phase: Type.Literal('approved'), at: instantMs }),
  Type.Object({ phase: Type.Literal('rejected'), by: ref(actor), reason: text, at: instantMs }),
  Type.Object({ phase: Type.Literal('implementing'), promotion: promotionId, since: instantMs }),
  Type.Object({
    phase: Type.Literal('closed'),
    promotion: promotionId,
    startedAt: instantMs,
    endedAt: instantMs,
    outcome: oneOf(changeOutcomes),
    deviations: listOf(Type.Object({ kind: oneOf(deviationKinds), says: text })),
    at: instantMs,
  }),
]);

export const changeRequest = Type.Object(
  {
    id: changeNumber,
    tree: text,
    form: Type.Object({
      reference: nullable(text),
      type: form.type,
      risk: form.risk,
      window: Type.Object({ from: instantMs, to: instantMs }),
      rollbackMinutes: count,
      testing: text,
      communication: text,
      description: text,
    }),
    requestedBy: ref(actor),
    requestedAt: instantMs,
    editedBy: nullable(ref(actor)),
    authors: listOf(actorId),
    notes: listOf(Type.Object({ by: actorId, at: instantMs, text })),
    state,
    environment: environmentName,
    release: releaseRef,
    seen: digest,
    approvers: listOf(nameOf<RoleName>('Role')),
    approvals: listOf(
      Type.Object({
        by: actorId,
        roles: listOf(nameOf<RoleName>('Role')),
        plan: digest,
        at: instantMs,
        comment: text,
        counts: Type.Boolean(),
      }),
    ),
  },
  {
    $id: 'ChangeRequest',
    description: 'Asks to bring a release into an environment; closes by itself, with what went otherwise',
  },
);
true satisfies Same<Static<typeof changeRequest>, ChangeRequestView>;

export const changePhase = oneOf(changePhases);

import { type Static, Type } from 'typebox';
import type { PromotionId } from '../../domain/ids.ts';
import { ruleNames } from '../../domain/rollout/judge/types.ts';
import type {
  AdvanceByPerson,
  HoldReason,
  RolloutState,
  TakeBackReason,
} from '../../domain/rollout/types.ts';
import { actor } from './actor.ts';
import type { Same } from './same.ts';
import { count, instantMs, oneOf, percent, ref, text, uuid } from './shapes.ts';

export const holdReason = Type.Union(
  [
    Type.Object({ kind: Type.Literal('person'), by: ref(actor), note: text }),
    Type.Object({ kind: Type.Literal('judge lost') }),
    Type.Object({ kind: Type.Literal('insufficient evidence'), detail: text }),
    Type.Object({ kind: Type.Literal('rule'), rule: oneOf(ruleNames), detail: text }),
  ],
  { $id: 'HoldReason' },
);
true satisfies Same<Static<typeof holdReason>, HoldReason>;

export const advanceByPerson = Type.Object(
  {
    by: ref(actor),
    reason: text,
    at: instantMs,
    despite: ref(holdReason),
    fromPercent: percent,
    toPercent: percent,
  },
  { $id: 'AdvanceByPerson', description: 'A person answered for the next step on thin evidence' },
);
true satisfies Same<Static<typeof advanceByPerson>, AdvanceByPerson>;

export const takeBackReason = Type.Union(
  [
    Type.Object({
      kind: Type.Literal('rule'),
      rule: oneOf(ruleNames),
      detail: text,
      by: oneOf(['agent', 'control plane']),
    }),
    Type.Object({ kind: Type.Literal('smoke tests'), detail: text }),
    Type.Object({ kind: Type.Literal('start'), detail: text }),
    Type.Object({ kind: Type.Literal('person'), by: ref(actor), note: text }),
  ],
  { $id: 'TakeBackReason' },
);
true satisfies Same<Static<typeof takeBackReason>, TakeBackReason>;

const onTheWay = [
  Type.Object({ phase: Type.Literal('preflight'), since: instantMs }),
  Type.Object({ phase: Type.Literal('canary'), step: count, since: instantMs }),
  Type.Object({ phase: Type.Literal('promoting'), since: instantMs }),
  Type.Object({ phase: Type.Literal('watching'), since: instantMs, until: instantMs }),
] as const;

const ended = [
  Type.Object({ phase: Type.Literal('rolling back'), reason: ref(takeBackReason), since: instantMs }),
  Type.Object({ phase: Type.Literal('rolled back'), reason: ref(takeBackReason), at: instantMs }),
  Type.Object({
    phase: Type.Literal('rollback failed'),
    reason: ref(takeBackReason),
    detail: text,
    at: instantMs,
  }),
  Type.Object({ phase: Type.Literal('succeeded'), at: instantMs }),
  Type.Object({
    phase: Type.Literal('superseded'),
    by: uuid<PromotionId>('Promotion'),
    at: instantMs,
  }),
] as const;

export const rolloutState = Type.Union(
  [
    ...onTheWay,
    Type.Object({
      phase: Type.Literal('held'),
      reason: ref(holdReason),
      since: instantMs,
      from: Type.Union([...onTheWay, ...ended]),
      percent,
    }),
    ...ended,
  ],
  { $id: 'RolloutState' },
);
true satisfies Same<Static<typeof rolloutState>, RolloutState>;

import { type Static, type TSchema, Type } from 'typebox';
import { listOf, nullable, oneOf } from './shapes.ts';

/** What is handed over as evidence, with the largest of everything that is taken. Unknown fields are refused. */

const closed = { additionalProperties: false } as const;
const line = Type.String({ minLength: 1, maxLength: 300 });
const maybeLine = Type.String({ maxLength: 300 });
const prose = Type.String({ maxLength: 10_000 });
const most = <S extends TSchema>(items: S, maxItems: number) =>
  Type.Unsafe<readonly Static<S>[]>({ ...listOf(items), maxItems });

const environment = Type.Optional(Type.String({ minLength: 1, maxLength: 40 }));
const release = Type.String({ minLength: 1, maxLength: 100, description: 'A version or a release id' });
const name = Type.Optional(
  Type.String({
    pattern: '^[a-z][a-z0-9-]{0,39}$',
    description: 'Tells several of a kind apart, for example `unit`',
  }),
);

export const askEvidenceFile = Type.Object(
  {
    release,
    environment,
    name,
    fileName: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^/\\\\\\u0000-\\u001f\\u007f]+$' }),
    format: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    kind: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  closed,
);

const review = Type.Object(
  {
    kind: Type.Literal('review'),
    approvedBy: most(line, 100),
    requestedChanges: most(line, 100),
    url: maybeLine,
  },
  closed,
);
const bugs = Type.Object(
  {
    kind: Type.Literal('count'),
    count: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    tracker: nullable(line),
    link: nullable(line),
  },
  closed,
);
const uat = Type.Object(
  {
    kind: Type.Literal('uat'),
    verdict: oneOf(['accepted', 'rejected']),
    testers: most(line, 100),
    scenarios: most(Type.Object({ title: line, passed: Type.Boolean(), note: maybeLine }, closed), 500),
    note: prose,
  },
  closed,
);
const rollbackPlan = Type.Object(
  {
    kind: Type.Literal('rollback-plan'),
    steps: Type.String({ minLength: 1, maxLength: 10_000 }),
    minutes: Type.Integer({ minimum: 0, maximum: 100_000 }),
    dataStaysReadable: Type.Boolean(),
  },
  closed,
);
const checklist = Type.Object(
  {
    kind: Type.Literal('checklist'),
    items: most(Type.Object({ item: line, done: Type.Boolean(), note: maybeLine }, closed), 200),
  },
  closed,
);

export const askSaying = Type.Object(
  { release, environment, name, facts: Type.Union([review, bugs, uat, rollbackPlan, checklist]) },
  closed,
);

export const askPlanRead = Type.Object(
  { plan: Type.String({ minLength: 1, maxLength: 100, description: 'Id of the evidence that you read' }) },
  closed,
);

export const askWaiver = Type.Object(
  {
    to: Type.String({ minLength: 1, maxLength: 40 }),
    gate: Type.String({ minLength: 1, maxLength: 40 }),
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  closed,
);

export const askAgain = Type.Object(
  {
    to: Type.String({ minLength: 1, maxLength: 40 }),
    gate: Type.String({ minLength: 1, maxLength: 40 }),
  },
  closed,
);

export const callbackAnswer = Type.Object(
  {
    verdict: Type.Union([Type.Literal('pass'), Type.Literal('fail')]),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    url: Type.Optional(Type.String({ maxLength: 2000, pattern: '^(https?://\\S+)?$' })),
  },
  closed,
);

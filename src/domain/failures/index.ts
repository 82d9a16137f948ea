import { access } from './chapters/access.ts';
import { agents } from './chapters/agents.ts';
import { asking } from './chapters/asking.ts';
import { audit } from './chapters/audit.ts';
import { backups } from './chapters/backups.ts';
import { blockers } from './chapters/blockers.ts';
import { calling } from './chapters/calling.ts';
import { changes } from './chapters/changes.ts';
import { commanding } from './chapters/commanding.ts';
import { database } from './chapters/database.ts';
import { declaring } from './chapters/declaring.ts';
import { ended } from './chapters/ended.ts';
import { evidence } from './chapters/evidence.ts';
import { gates } from './chapters/gates.ts';
import { gateway } from './chapters/gateway.ts';
import { inside } from './chapters/inside.ts';
import { laptop } from './chapters/laptop.ts';
import { promoting } from './chapters/promoting.ts';
import { readers } from './chapters/readers.ts';
import { releasing } from './chapters/releasing.ts';
import { rollouts } from './chapters/rollouts.ts';
import { ruling } from './chapters/ruling.ts';
import { situations } from './chapters/situations.ts';
import type { Chapter, Explanation } from './explanation.ts';

export type { Chapter, Explanation, Form } from './explanation.ts';

/** Every failure, blocker, closed gate, bad end, trouble and problem there is, in the order in which people read them. */
export const chapters = [
  situations,
  blockers,
  gates,
  rollouts,
  ended,
  promoting,
  ruling,
  changes,
  evidence,
  asking,
  readers,
  releasing,
  declaring,
  access,
  commanding,
  laptop,
  agents,
  gateway,
  database,
  backups,
  calling,
  audit,
  inside,
] as const satisfies readonly Chapter[];

type CodesOf<One> = One extends Chapter<infer Code> ? Code : never;
/** A code that is explained. */
export type ExplainedCode = CodesOf<(typeof chapters)[number]>;

const byCode: ReadonlyMap<string, Explanation> = new Map(
  chapters.flatMap((one: Chapter) => Object.entries(one.explanations)),
);

/** Every code that is explained, chapter by chapter. */
export const explainedCodes: readonly string[] = [...byCode.keys()];

/** null: this Rung explains no such code. */
export const explanationOf = (code: string): Explanation | null => byCode.get(code) ?? null;

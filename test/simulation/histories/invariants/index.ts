import { ofAccess } from './access.ts';
import { ofEnding } from './ending.ts';
import { ofEvidence } from './evidence.ts';
import { ofGates } from './gates.ts';
import type { Invariant } from './invariant.ts';
import { ofLog } from './log.ts';
import { ofProjects } from './projects.ts';
import { ofPromotions } from './promotions.ts';
import { ofQuiet } from './quiet.ts';
import { ofRollouts } from './rollouts.ts';
import { ofRules } from './rules.ts';
import { ofTraffic } from './traffic.ts';

/** By what they are about; where one fault breaks several, the first is told. */
export const chapters: readonly {
  readonly title: string;
  readonly file: string;
  readonly invariants: readonly Invariant[];
}[] = [
  { title: 'Projects', file: 'projects.ts', invariants: ofProjects },
  { title: 'Promotions', file: 'promotions.ts', invariants: ofPromotions },
  { title: 'Gates', file: 'gates.ts', invariants: ofGates },
  { title: 'Rules in force', file: 'rules.ts', invariants: ofRules },
  { title: 'Rollouts', file: 'rollouts.ts', invariants: ofRollouts },
  { title: 'Evidence', file: 'evidence.ts', invariants: ofEvidence },
  { title: 'Traffic', file: 'traffic.ts', invariants: ofTraffic },
  { title: 'Where nothing disturbs', file: 'quiet.ts', invariants: ofQuiet },
  { title: 'Who is let in', file: 'access.ts', invariants: ofAccess },
  { title: 'The log', file: 'log.ts', invariants: ofLog },
  { title: 'The end', file: 'ending.ts', invariants: ofEnding },
];

export const invariants: readonly Invariant[] = chapters.flatMap((one) => one.invariants);

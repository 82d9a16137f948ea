import { buildRouteMap, type Command, type RouteMap } from '@stricli/core';
import type { CliContext } from './context.ts';
import { changeRequest } from './routes/change-request.ts';
import { alarm } from './routes/alarm.ts';
import { completion, explain, version } from './routes/about.ts';
import { delegate, delegation, remind } from './routes/delegation.ts';
import { evidence, waive } from './routes/evidence.ts';
import { gate } from './routes/gate.ts';
import { log, status, watch, why } from './routes/look.ts';
import {
  abort,
  advance,
  approve,
  pause,
  promote,
  reject,
  resume,
  rollback,
  validate,
  withdraw,
} from './routes/move.ts';
import { release } from './routes/release.ts';
import { rules } from './routes/rules.ts';
import { backup, restore } from './routes/backup.ts';
import { check, down, init, open, up } from './routes/start.ts';
import { checklist, rollbackPlan, uat } from './routes/sign-off.ts';
import { simulate } from './routes/simulate.ts';
import { agent, audit, token } from './routes/trust.ts';
import { window } from './routes/window.ts';

export interface CommandGroup {
  readonly title: string;
  readonly commands: Readonly<Record<string, Command<CliContext> | RouteMap<CliContext>>>;
}

/** Every command, in the order of the life of a project. */
export const commandGroups: readonly CommandGroup[] = [
  { title: 'Begin', commands: { init, check, simulate, up, down, open } },
  { title: 'Look', commands: { status, why, watch, log, release } },
  { title: 'Move', commands: { promote, approve, reject, remind, withdraw, delegate, delegation } },
  {
    title: 'Open gates',
    commands: {
      evidence,
      gate,
      validate,
      uat,
      checklist,
      'rollback-plan': rollbackPlan,
      'change-request': changeRequest,
      waive,
      window,
      alarm,
    },
  },
  { title: 'Take care of a rollout', commands: { pause, resume, advance, abort, rollback } },
  { title: 'Trust', commands: { rules, audit, token, agent, backup, restore } },
  { title: 'More', commands: { explain, completion, version } },
];

export const rootRoutes: RouteMap<CliContext> = buildRouteMap<string, CliContext>({
  routes: Object.assign({}, ...commandGroups.map((group) => group.commands)) as CommandGroup['commands'],
  docs: { brief: 'Moves releases up a ladder of environments' },
});

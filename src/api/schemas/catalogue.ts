import type { TSchema } from 'typebox';
import { actor } from './actor.ts';
import { admission, blocker, evidenceFile, gate } from './admission.ts';
import { alarm, alarms, traffic } from './alarms.ts';
import { board, member, project, viewer, way } from './board.ts';
import { build } from './build.ts';
import { changeRequest } from './change-request.ts';
import { delegation } from './delegation.ts';
import { deployment, environment, service, trouble, validation, variant } from './environment.ts';
import { event } from './event.ts';
import { evidence, waiver } from './evidence.ts';
import { inputProblem, problem } from './problem.ts';
import { approval, emergency, plan, promotion, promotionState, why } from './promotion.ts';
import { recording, rolloutPolicy, sample } from './recording.ts';
import { noteLine, release } from './release.ts';
import { calendar, calendarBand, environmentCalendar, exception } from './calendar.ts';
import { closeness, curvePoint, figures, judgeStep, rollout, serviceFigures, verdict } from './rollout.ts';
import { advanceByPerson, holdReason, rolloutState, takeBackReason } from './rollout-state.ts';
import { rules, rulesComparison, rulesProposal } from './rules.ts';
import { question } from './question.ts';
import { me, signInLink, signInMethod } from './session.ts';
import { token } from './token.ts';

/** Every schema that has a name in the API's description. */
export const catalogue: readonly TSchema[] = [
  actor,
  admission,
  alarm,
  alarms,
  approval,
  blocker,
  board,
  build,
  changeRequest,
  question,
  calendar,
  calendarBand,
  closeness,
  curvePoint,
  delegation,
  deployment,
  emergency,
  environment,
  environmentCalendar,
  event,
  evidence,
  evidenceFile,
  exception,
  figures,
  advanceByPerson,
  gate,
  holdReason,
  inputProblem,
  judgeStep,
  me,
  member,
  noteLine,
  plan,
  problem,
  project,
  promotion,
  promotionState,
  recording,
  release,
  rollout,
  rolloutPolicy,
  rolloutState,
  sample,
  rules,
  rulesComparison,
  rulesProposal,
  service,
  serviceFigures,
  signInLink,
  signInMethod,
  takeBackReason,
  token,
  traffic,
  trouble,
  validation,
  variant,
  verdict,
  viewer,
  waiver,
  way,
  why,
];

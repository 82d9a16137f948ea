import { actorName } from '../../domain/actor.ts';
import type { Plan, PlanChange } from '../../domain/promotion.ts';
import type { PromotionView, WhyView } from '../rung-client.ts';
import { admissionLines, admissionSummary, gateLines } from './admission.ts';
import { changeLines } from './change-request.ts';
import { shortDigest } from './digest.ts';
import { emergencySections } from './emergency.ts';
import { counted } from './figures.ts';
import type { Look } from './look.ts';
import { noteLines } from './release.ts';
import { table } from './table.ts';
import { ago } from './time.ts';

/** What would change, service by service. */
export function planLines(plan: Plan, look: Look): readonly string[] {
  if (plan.changes.every((change) => change.action === 'keep'))
    return ['  nothing: every service runs this already'];
  const rows = plan.changes.map((change) => [change.service, movement(change), digestChange(change, look)]);
  return table([{ title: '' }, { title: '' }, { title: '' }], rows, look, '  ');
}

function movement(change: PlanChange): string {
  const { from, to } = change;
  if (to === null) return `${from?.version ?? ''} goes, once this is through`;
  if (change.action === 'keep') return `${to.version} stays`;
  return from === null ? `${to.version} (its first)` : `${from.version} → ${to.version}`;
}

const digestChange = (change: PlanChange, look: Look): string =>
  look.style.faint(change.action === 'keep' || change.to === null ? '' : shortDigest(change.to.artifact));

export function promotionLines(promotion: PromotionView, look: Look): readonly string[] {
  const { style } = look;
  return [
    `${style.strong(promotionTitle(promotion))}: ${phaseText(promotion, look)}`,
    style.faint(
      `asked by ${actorName(promotion.requestedBy)} ${ago(promotion.requestedAt, look)}${promotion.reason === '' ? '' : `: ${promotion.reason}`}`,
    ),
    '',
    'Changes',
    ...planLines(promotion.plan, look),
    ...section('What is in it', noteLines(promotion.notes, look)),
    ...section('Approvals', approvalLines(promotion, look)),
    ...emergencySections(promotion, look),
    ...section(
      `In the way (${admissionSummary(promotion.admission)})`,
      promotion.state.phase === 'waiting' ? admissionLines(promotion.admission, look) : [],
    ),
    '',
    style.faint(`promotion ${promotion.id} · plan ${shortDigest(promotion.plan.hash)}`),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

function approvalLines(promotion: PromotionView, look: Look): readonly string[] {
  if (promotion.approvalsNeeded === 0) return [];
  const given = promotion.approvals.map(
    (approval) =>
      `  ${approval.void === undefined ? look.style.good('✓') : look.style.bad('✗')} ${approval.by}${approval.standingInFor === undefined ? '' : ` for ${approval.standingInFor}`} as ${approval.roles.join(', ')}, ${ago(approval.at, look)}${approval.comment === '' ? '' : `: ${approval.comment}`}${approval.void === undefined ? '' : ` (void: ${approval.void})`}`,
  );
  const missing =
    promotion.approvalsNeeded - promotion.approvals.filter((one) => one.void === undefined).length;
  return missing > 0
    ? [...given, `  ${look.style.warning('◷')} ${counted(missing, 'more needed', 'more needed')}`]
    : given;
}

export const promotionTitle = (promotion: PromotionView): string =>
  promotion.emergency !== undefined
    ? `EMERGENCY: ${promotion.release.version} to ${promotion.environment}`
    : promotion.kind === 'rollback'
      ? `Rollback of ${promotion.environment} to ${promotion.release.version}`
      : `${promotion.release.version} to ${promotion.environment}`;

/** How a promotion stands, in a few words with a sign. */
export function phaseText(promotion: PromotionView, look: Look): string {
  const { style } = look;
  const { state } = promotion;
  switch (state.phase) {
    case 'waiting':
      return style.warning(
        promotion.admission.allowed
          ? '◷ waiting to start'
          : `◷ waiting, ${admissionSummary(promotion.admission)}`,
      );
    case 'running':
      return style.live(`◉ running since ${ago(state.since, look)}`);
    case 'succeeded':
      return style.good(`✓ done ${ago(state.at, look)}`);
    case 'rolled back':
      return style.bad(`↩ taken back ${ago(state.at, look)}: ${state.reason}`);
    case 'failed':
      return style.bad(`✗ failed ${ago(state.at, look)}: ${state.reason}`);
    case 'rejected':
      return style.bad(`✗ rejected by ${actorName(state.by)} ${ago(state.at, look)}: ${state.reason}`);
    case 'superseded':
      return style.faint(`⤳ superseded by a newer promotion ${ago(state.at, look)}`);
    case 'withdrawn':
      return style.faint(`⤺ withdrawn by ${actorName(state.by)} ${ago(state.at, look)}`);
  }
}

/** The whole answer to "why is this not there yet?". */
export const whyLines = (why: WhyView, look: Look): readonly string[] => [
  ...standLines(why, look),
  ...(why.changeRequest === null ? [] : ['', 'Change request', ...changeLines(why.changeRequest, look)]),
];

function standLines(why: WhyView, look: Look): readonly string[] {
  const { style } = look;
  const title = style.strong(`${why.release.version} to ${why.environment}`);
  if (why.admission.blockers.length === 0)
    return [
      `${title}: ${style.good('✓ nothing is in the way')}`,
      '',
      ...gateLines(why.admission, look),
      'Would change',
      ...planLines(why.plan, look),
      '',
      `Next: rung promote ${why.release.version} --to ${why.environment}`,
    ];
  return [
    `${title}: ${admissionSummary(why.admission)}`,
    '',
    ...admissionLines(why.admission, look),
    '',
    ...gateLines(why.admission, look),
    'Would change',
    ...planLines(why.plan, look),
  ];
}

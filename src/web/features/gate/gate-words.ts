import type { EvidenceView, GateView, ViewerView } from '../../api/views.ts';
import type { Tone } from '../../components/state-mark.tsx';
import { offFor } from '../../components/whose.ts';

interface Words {
  readonly tone: Tone;
  readonly text: string;
}

const states: Record<GateView['state'], Words> = {
  passed: { tone: 'ok', text: 'Open' },
  missing: { tone: 'off', text: 'Missing' },
  failed: { tone: 'bad', text: 'Closed' },
  waits: { tone: 'warn', text: 'Waits' },
  waived: { tone: 'warn', text: 'Waived' },
};

/** How a gate stands, as a sign and a word. */
export const gateWords = ({ state }: Pick<GateView, 'state'>): Words => states[state];

const kinds: Record<GateView['kind'], string> = {
  soak: 'Soak',
  smoke: 'Smoke tests',
  validation: 'Validation',
  tests: 'Tests',
  coverage: 'Coverage',
  review: 'Review',
  scan: 'Security scan',
  stability: 'Stability',
  alarms: 'Alarms',
  uat: 'User acceptance',
  'change-request': 'Change request',
  'rollback-plan': 'Rollback plan',
  checklist: 'Checklist',
  bugs: 'Blocking bugs',
  rule: 'Rule',
  webhook: 'Webhook',
};

/** `Security scan`, `Checklist go-live` */
export const gateTitle = ({ kind, gate }: Pick<GateView, 'kind' | 'gate'>): string =>
  gate === kind ? kinds[kind] : `${kinds[kind]} ${gate}`;

export const isOpen = ({ state }: Pick<GateView, 'state'>): boolean =>
  state === 'passed' || state === 'waived';

/** `4 of 6 gates open`, and how many of them only by a waiver. */
export function gatesText(gates: readonly Pick<GateView, 'state'>[]): string {
  const waived = gates.filter(({ state }) => state === 'waived').length;
  const word = gates.length === 1 ? 'gate' : 'gates';
  return `${gates.filter(isOpen).length} of ${gates.length} ${word} open${waived === 0 ? '' : `, ${waived} waived`}`;
}

const evidenceKinds: Record<EvidenceView['kind'], string> = {
  tests: 'Test results',
  coverage: 'Coverage',
  scan: 'Security scan',
  count: 'Blocking bugs',
  review: 'Review',
  uat: 'User acceptance',
  'rollback-plan': 'Rollback plan',
  checklist: 'Checklist',
};

/** `Test results: unit` */
export const evidenceTitle = ({ kind, name }: Pick<EvidenceView, 'kind' | 'name'>): string =>
  name === kind ? evidenceKinds[kind] : `${evidenceKinds[kind]}: ${name}`;

/** Why the viewer cannot waive it; null where they can. */
export const offForWaiving = ({ waivers }: Pick<GateView, 'waivers'>, viewer: ViewerView): string | null =>
  waivers === undefined ? 'Nobody may waive a gate here' : offFor(waivers, viewer);

/** Why a program that was asked cannot be asked again yet. */
export const stillAnswers = 'It was asked, and may still answer';

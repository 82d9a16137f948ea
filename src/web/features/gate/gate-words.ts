import type { Blocker, EvidenceView, GateView, ViewerView } from '../../api/views.ts';
import { namesText, rolesText } from '../../components/names.ts';
import type { Tone } from '../../components/state-mark.tsx';

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

/** Who the viewer is taken for. */
export const actingId = ({ id, actingAs }: Pick<ViewerView, 'id' | 'actingAs'>): string => actingAs ?? id;

/** Why the viewer cannot lift it; null where they can. Without a blocker it is for anybody with a role. */
export const offFor = (blocker: Blocker | undefined, viewer: ViewerView): string | null =>
  offUnlessAmong(blocker?.liftedBy.kind === 'people' ? blocker.liftedBy : null, viewer);

/** Why the viewer cannot waive it; null where they can. */
export const offForWaiving = ({ waivers }: Pick<GateView, 'waivers'>, viewer: ViewerView): string | null =>
  waivers === undefined ? 'Nobody may waive a gate here' : offUnlessAmong(waivers, viewer);

type People = NonNullable<GateView['waivers']>;

function offUnlessAmong(by: People | null, viewer: ViewerView): string | null {
  if (viewer.roles.length === 0) return 'You have no role here';
  if (by === null || by.members.includes(actingId(viewer))) return null;
  const roles = by.roles.length === 0 ? '' : ` (${rolesText(by.roles, 'or')})`;
  return by.members.length === 0
    ? `Nobody has the role for it${roles}`
    : `Not yours: ask ${namesText(by.members)}${roles}`;
}

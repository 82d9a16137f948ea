import { digestOf } from '../../../domain/canonical.ts';
import {
  type ChangeApproval,
  changeNumber,
  type ChangeRequest,
  formDigest,
} from '../../../domain/change-request.ts';
import { type ActorId, instant, type RoleName } from '../../../domain/ids.ts';
import { aCleanAsk, cy, next, now } from '../facts.kit.ts';

const halfAnHourMs = 1_800_000;
const { target } = aCleanAsk();

/** To bring the clean ask's release into prod, asked for by a tester, for the hour that began half an hour ago. */
export const aChange: ChangeRequest = {
  id: changeNumber(7),
  project: target.project,
  environment: target.id,
  tree: next.manifest.tree,
  release: next.id,
  version: next.version,
  form: {
    reference: null,
    type: 'normal',
    risk: 'low',
    window: { from: instant(now - halfAnHourMs), to: instant(now + halfAnHourMs) },
    rollbackMinutes: 5,
    testing: '',
    communication: '',
    description: '',
  },
  requestedBy: { kind: 'person', id: cy },
  requestedAt: now,
  editedBy: null,
  approvals: [],
  notes: [],
  state: { phase: 'open' },
};

export const approvalOf = (
  by: ActorId,
  form = formDigest(aChange),
  plan = digestOf('plan'),
): ChangeApproval => ({
  by,
  roles: ['lead' as RoleName],
  form,
  plan,
  at: now,
  comment: '',
});

import { edit, type Mutant } from './mutant.ts';

const admit = 'src/lifecycle/promote/admit.ts';
const approvals = 'src/domain/approvals.ts';
const people = 'src/lifecycle/promote/people.ts';

export const ofPromotions: readonly Mutant[] = [
  {
    sentence: 'Two promotions may run in one environment at once.',
    edits: [edit(admit, '[calendar, oneAtATime]', '[calendar]')],
    caughtBy: ['one-rollout-an-environment', 'rollout-steps'],
  },
  {
    sentence: 'The order of the environments is not asked for.',
    edits: [
      edit(
        admit,
        '[requesterRole, order, alreadyThere, mark, merged]',
        '[requesterRole, alreadyThere, mark, merged]',
      ),
    ],
    caughtBy: ['no-environment-skipped'],
  },
  {
    sentence: 'A mark keeps nobody away.',
    edits: [
      edit(
        admit,
        '[requesterRole, order, alreadyThere, mark, merged]',
        '[requesterRole, order, alreadyThere, merged]',
      ),
    ],
    caughtBy: ['taken-back-stays-away'],
  },
  {
    sentence: 'An approval of another plan counts, too.',
    edits: [edit(approvals, '|| approval.planHash !== facts.planHash', '')],
    caughtBy: ['approved-as-ruled'],
  },
  {
    sentence: 'An emergency needs no second person.',
    edits: [
      edit(
        admit,
        '[requesterRole, emergency, alreadyThere, mark, oneAtATime]',
        '[requesterRole, alreadyThere, mark, oneAtATime]',
      ),
    ],
    caughtBy: ['emergency-takes-two'],
  },
  {
    sentence: 'A weaker project file is in force at once.',
    edits: [edit('src/lifecycle/declare/propose.ts', 'isWeaker(changes)', 'changes.length > 1_000')],
    caughtBy: ['weaker-only-agreed'],
  },
  {
    sentence: 'Whoever asked for a promotion may approve it.',
    edits: [
      edit(
        approvals,
        "policy.notRequester && requester.kind === 'person' && requester.id === person;",
        'policy.notRequester && requester.kind === person;',
      ),
      edit(
        people,
        "if (policy.notRequester && facts.requester.kind === 'person' && facts.requester.id === person)",
        'if (policy.count < 0)',
      ),
    ],
    caughtBy: ['approved-as-ruled'],
  },
  {
    sentence: 'An approval that somebody repeats counts twice.',
    edits: [
      edit(approvals, 'if (people.some((person) => used.includes(person))) return false;', ''),
      edit(
        people,
        'const others = stored.value.approvals.filter((one) => one.by !== ask.by.id);',
        'const others = stored.value.approvals;',
      ),
    ],
    caughtBy: ['approved-as-ruled'],
  },
  {
    sentence: 'What has ended can still be rejected and withdrawn.',
    edits: [
      edit(
        people,
        "if (stored.value.state.phase !== 'waiting')",
        "if (stored.value.state.phase === 'withdrawn')",
      ),
    ],
    caughtBy: ['ends-once'],
  },
  {
    sentence: 'Nobody wakes what waits for a rollout to end: neither its end, nor what is measured later.',
    edits: [
      edit(
        'src/lifecycle/deliver/reconcile-rollout.ts',
        'await tx.wake(wakeUpsAtEnd(',
        'void (wakeUpsAtEnd(',
      ),
      edit('src/lifecycle/deliver/traffic-heard.ts', 'await tx.wake(waiting.items', 'void (waiting.items'),
    ],
    caughtBy: ['ends-or-says'],
  },
  {
    sentence: 'Who stood in for somebody once stands in for ever.',
    edits: [
      edit(
        'src/domain/delegation.ts',
        'one.to === person && one.revoked === null && one.at <= at && at < one.until',
        'one.to === person && one.at <= at',
      ),
      edit('src/lifecycle/lookup.ts', "'delegation', { phase: ['standing'] }", "'delegation', {}"),
    ],
    caughtBy: ['approved-as-ruled'],
  },
];

/** A fault of design, put into the product on purpose: the simulation has to find it. */
export interface Mutant {
  /** What somebody might have built instead. */
  readonly sentence: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** The invariants of which one has to break. */
  readonly caughtBy: readonly string[];
}

const admit = 'src/lifecycle/promote/admit.ts';
const approvals = 'src/domain/approvals.ts';
const weight = 'src/gateway/weight.ts';

const edit = (file: string, from: string, to: string) => ({ file, from, to });

export const mutants: readonly Mutant[] = [
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
    sentence: 'A new word about the weight has the number of the one before.',
    edits: [edit('src/lifecycle/deliver/transitions.ts', 'rollout.generation + 1', 'rollout.generation')],
    caughtBy: ['words-have-numbers'],
  },
  {
    sentence: 'The agent gives a version that it finds healthy everything at once.',
    edits: [
      edit(
        'src/agent/decide.ts',
        'return { weigh: { rollout: id, generation, percent, leaseMs } };',
        'return { weigh: { rollout: id, generation, percent: 100, leaseMs } };',
      ),
    ],
    caughtBy: ['weight-as-said'],
  },
  {
    sentence: 'A gateway forgets at once what was taken back.',
    edits: [
      edit(
        weight,
        'return book.latch.some((entry) => entry.rollout === word.rollout && entry.generation >= word.generation);',
        'return book.latch.length < 0 && word.generation < 0;',
      ),
    ],
    caughtBy: ['taken-back-for-good'],
  },
  {
    sentence: 'A lease never runs out.',
    edits: [
      edit(
        weight,
        'nowMs < weight.deadlineMs)\n    return book',
        'nowMs < Number.MAX_VALUE)\n    return book',
      ),
      edit(weight, 'nowMs >= weight.deadlineMs) return 0', 'nowMs < 0) return 0'),
    ],
    caughtBy: ['no-lease-no-traffic'],
  },
  {
    sentence: 'R1 to R5 speak, and neither agent nor control plane listens.',
    edits: [
      edit(
        'src/lifecycle/deliver/decide-rollout.ts',
        "case 'take back':\n      return enterRollingBack(",
        "case 'take back':\n      return rollout;\n      return enterRollingBack(",
      ),
      edit(
        'src/agent/environment-keeper.ts',
        "verdict?.action !== 'take back'",
        "verdict?.action !== 'never'",
      ),
    ],
    caughtBy: ['ends-whole', 'breach-is-taken-back', 'ends-or-says'],
  },
  {
    sentence: 'The end of a rollout is committed without its events.',
    edits: [
      edit(
        'src/lifecycle/deliver/reconcile-rollout.ts',
        'await tx.append(rolloutEvents(',
        'void (rolloutEvents(',
      ),
    ],
    caughtBy: ['state-with-event'],
  },
  {
    sentence: 'Of events that wait together, the chainer takes only the last.',
    edits: [
      edit(
        'src/store/memory/store.ts',
        'this.#state.unchained.get(project) ?? [];',
        '(this.#state.unchained.get(project) ?? []).slice(-1);',
      ),
    ],
    caughtBy: ['chain-whole', 'cursor-misses-nothing'],
  },
  {
    sentence: 'A page of the log begins one too late.',
    edits: [
      edit(
        'src/lifecycle/read/queries.ts',
        'store.events(project, position,',
        'store.events(project, position + 1,',
      ),
    ],
    caughtBy: ['cursor-misses-nothing'],
  },
  {
    sentence: 'What was taken back may be let go on once more.',
    edits: [
      edit(
        'src/lifecycle/deliver/decide-rollout.ts',
        "case 'rolled back':\n    case 'rollback failed':\n    case 'succeeded':\n    case 'superseded':\n      return rollout;",
        "case 'rolled back':\n      return { ...rollout, state: { phase: 'preflight', since: now } };\n    case 'rollback failed':\n    case 'succeeded':\n    case 'superseded':\n      return rollout;",
      ),
      edit(
        'src/lifecycle/deliver/reconcile-rollout.ts',
        'if (!isLive(before.state)) {',
        "if (!isLive(before.state) && before.state.phase !== 'rolled back') {",
      ),
    ],
    caughtBy: ['rollout-steps', 'one-rollout-an-environment'],
  },
];

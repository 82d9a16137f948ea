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
const people = 'src/lifecycle/promote/people.ts';
const advance = 'src/domain/rollout/judge/advance.ts';

const edit = (file: string, from: string, to: string) => ({ file, from, to });

/** Begins a change of several lines somewhere in a call. */
const later = '(async () => { for (let turn = 0; turn < 60; turn += 1) await null;';

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
    sentence: 'R5 lets a release go on in the middle of a breach.',
    edits: [edit(advance, "if (breach !== null || last === 'breach')", 'if (total.requests < 0)')],
    caughtBy: ['step-earned'],
  },
  {
    sentence: 'R5 asks for time alone, and not how many requests failed.',
    edits: [edit(advance, 'if (!surelyAtMost(', 'if (total.requests < 0 && !surelyAtMost(')],
    caughtBy: ['step-earned'],
  },
  {
    sentence: 'The agent counts requests, and not which of them failed.',
    edits: [edit('src/agent/measure.ts', 'errors: to.errors - from.errors,', 'errors: 0,')],
    caughtBy: ['breach-is-taken-back'],
  },
  {
    sentence: 'Measurements from before a word about the weight count after it, too.',
    edits: [
      edit(
        'src/lifecycle/deliver/decide-rollout.ts',
        'fresh.filter((sample) => sample.generation === rollout.generation)',
        'fresh.filter((sample) => sample.generation <= rollout.generation)',
      ),
    ],
    caughtBy: ['evidence-once'],
  },
  {
    sentence: 'Nobody wakes what waits for a rollout to end.',
    edits: [
      edit(
        'src/lifecycle/deliver/reconcile-rollout.ts',
        'await tx.wake(wakeUpsAtEnd(',
        'void (wakeUpsAtEnd(',
      ),
    ],
    caughtBy: ['ends-or-says'],
  },
  {
    sentence: 'Transactions are not serializable: what one has read, another may have changed.',
    edits: [
      edit(
        'src/store/memory/transaction.ts',
        '> this.#began) throw new SerializationConflict(place);',
        '> this.#began + 1e9) throw new SerializationConflict(place);',
      ),
    ],
    caughtBy: ['one-rollout-an-environment', 'no-defect'],
  },
  {
    sentence: 'The fence of the chain is dropped: two replicas chain at once.',
    edits: [
      edit(
        'src/store/memory/store.ts',
        'this.#state.unchained.delete(project);\n    const chained',
        'await null;\n    this.#state.unchained.delete(project);\n    const chained',
      ),
    ],
    caughtBy: ['chain-whole', 'cursor-misses-nothing'],
  },
  {
    sentence: 'The fence of the gateway is dropped: it obeys a word that is older than the last.',
    edits: [
      edit(weight, 'if (last !== undefined) refuseStale(last, spec);', ''),
      edit(
        'src/agent/decide.ts',
        'if (set?.rollout === id && set.generation > generation)',
        'if (generation < 0)',
      ),
      edit('src/agent/decide.ts', '!isSet && percent > 0 && !facts.isFresh', 'generation < 0'),
    ],
    caughtBy: ['no-word-twice', 'weight-as-said'],
  },
  {
    sentence: 'The event of a start is written once the start is committed.',
    edits: [
      edit(
        'src/lifecycle/promote/commit-start.ts',
        'await tx.append([...started.events, desiredChanged(after, started.rollout?.id ?? null, now)]);',
        `void ${later} await tx.append([...started.events, desiredChanged(after, started.rollout?.id ?? null, now)]); })();`,
      ),
    ],
    caughtBy: ['state-with-event'],
  },
  {
    sentence: 'The agent takes what serves everything for what is stable.',
    edits: [
      edit(
        'src/agent/decide.ts',
        'function stableTarget({ service, stable }: DesiredService, facts: Facts): Target | null {',
        `function stableTarget({ service, stable: said, candidate }: DesiredService, facts: Facts): Target | null {
  const task = facts.desired.rollout?.task;
  const stable = task?.kind === 'weigh' && task.percent === 100 ? candidate : said;`,
      ),
    ],
    caughtBy: ['stable-as-said'],
  },
  {
    sentence: 'Two who write one record at once bring the second one down.',
    edits: [
      edit(
        'src/store/failures.ts',
        "new Failure('conflict', 'record-changed',",
        "new Failure('defect', 'record-changed',",
      ),
    ],
    caughtBy: ['no-defect'],
  },
];

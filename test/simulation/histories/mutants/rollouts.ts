import { edit, type Mutant } from './mutant.ts';

const advance = 'src/domain/rollout/judge/advance.ts';

export const ofRollouts: readonly Mutant[] = [
  {
    sentence: 'A new word about the weight has the number of the one before.',
    edits: [edit('src/lifecycle/deliver/transitions.ts', 'rollout.generation + 1', 'rollout.generation')],
    caughtBy: ['words-have-numbers'],
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
    // A breach stops the time that R5 waits for, too, and in a canary what cannot be read as good: all three are taken away.
    sentence:
      'R5 ignores a breach: the time in it counts as any other, and a release goes on in the middle of it.',
    edits: [
      edit(advance, "if (breach !== null || last === 'breach')", 'if (total.requests < 0)'),
      edit(advance, "if (last !== 'ok')", "if (last === 'unknown')"),
      edit(
        'src/domain/rollout/judge/fold.ts',
        "(reading === 'ok' ? filling.exposedMs : 0)",
        "(reading === 'unknown' ? 0 : filling.exposedMs)",
      ),
    ],
    caughtBy: ['step-earned'],
  },
  {
    sentence: 'R5 asks for time alone, and not how many requests failed.',
    edits: [edit(advance, 'if (!surelyAtMost(', 'if (total.requests < 0 && !surelyAtMost(')],
    caughtBy: ['step-earned'],
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
    sentence: 'The control plane misses nobody who judges.',
    edits: [
      edit(
        'src/lifecycle/deliver/decide-rollout.ts',
        "seen?.lease === 'expired' || facts.agentSilentMs > (facts.rollout.policy?.leaseMs ?? Infinity);",
        "seen?.lease === 'expired' && facts.agentSilentMs >= 0;",
      ),
    ],
    caughtBy: ['unjudged-is-held'],
  },
];

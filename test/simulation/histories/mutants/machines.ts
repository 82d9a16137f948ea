import { edit, type Mutant } from './mutant.ts';

const weight = 'src/gateway/weight.ts';

export const ofMachines: readonly Mutant[] = [
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
    sentence: 'The agent counts requests, and not which of them failed.',
    edits: [edit('src/agent/measure.ts', 'errors: to.errors - from.errors,', 'errors: 0,')],
    caughtBy: ['breach-is-taken-back'],
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
    sentence: 'An agent that is told to take something back leaves the gateway as it is.',
    edits: [edit('src/agent/environment-keeper.ts', 'await this.#takingBack.begin(rollout);', '')],
    caughtBy: ['done-as-asked'],
  },
  {
    sentence: 'A cursor of an agent is a position, in whatever log.',
    edits: [
      edit(
        'src/lifecycle/deliver/project-news.ts',
        'if (cursor !== cursorAt({ position: after, link: await this.#linkAt(after) })) return null;',
        '',
      ),
    ],
    caughtBy: ['done-as-asked'],
  },
  {
    sentence: 'An agent that refused a checkpoint asks for it again at once.',
    edits: [edit('src/agent/poller.ts', 'head: auditor.wantsAfter,', 'head: auditor.position,')],
    caughtBy: ['nobody-goes-round'],
  },
];

import { edit, type Mutant } from './mutant.ts';

/** Begins a change of several lines somewhere in a call. */
const later = '(async () => { for (let turn = 0; turn < 60; turn += 1) await null;';

export const ofLog: readonly Mutant[] = [
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
    // But for names of projects: with two of one name nobody could do anything any more.
    sentence: 'Transactions are not serializable: of two that change the same thing, the last one wins.',
    edits: [
      edit(
        'src/store/memory/transaction.ts',
        '> this.#began) throw new SerializationConflict(place);',
        '> this.#began && place === projectNames) throw new SerializationConflict(place);',
      ),
      edit(
        'src/store/memory/transaction.ts',
        '!== expected) throw recordChanged(kind, id);',
        '< 0) return 0;',
      ),
    ],
    caughtBy: [
      'chain-whole',
      'one-rollout-an-environment',
      'ends-once',
      'rollout-steps',
      'evidence-once',
      'words-have-numbers',
      'state-with-event',
      'no-defect',
    ],
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
    sentence: 'Records are looked for by their kind and name, whatever project they are of.',
    edits: [edit('src/store/memory/state.ts', '`${project} ${kind}`', '` ${kind}`')],
    caughtBy: ['projects-apart'],
  },
  {
    sentence: 'A replica that is told of no commit trusts what it keeps of agents.',
    edits: [edit('src/engine/kept-by-news.ts', 'kept.stretch === stretch)', 'kept.stretch !== null)')],
    caughtBy: ['revoked-key-opens-nothing'],
  },
  {
    sentence: 'A replica that is told of no commit keeps what it reads of agents.',
    edits: [edit('src/engine/kept-by-news.ts', 'stretch !== null && ', '')],
    caughtBy: ['revoked-key-opens-nothing'],
  },
  {
    sentence: 'A database that does not answer brings down whoever asks.',
    edits: [
      edit(
        'src/store/failures.ts',
        "new Failure('unavailable', 'database-away',",
        "new Failure('defect', 'database-away',",
      ),
    ],
    caughtBy: ['no-defect'],
  },
];

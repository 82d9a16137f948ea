import { chapter } from '../explanation.ts';

export const evidence = chapter(
  {
    title: 'Evidence, sign-off, checklists and rollback plans',
    form: 'failure',
    look: '`rung evidence list RELEASE`',
    leaves: 'Nothing was kept of it; gates stand as they stood.',
  },
  {
    'evidence-unreadable': {
      kind: 'invalid',
      title: 'The file could not be read as evidence',
      because:
        'It is cut off, broken, of another format, hostile, or proves nothing; each problem has its place and a code of its own.',
      wayOut: [
        'Read the first problem: the others may follow from it.',
        'Hand the file over as the tool wrote it: `rung evidence add FILE --release RELEASE`',
      ],
      see: ['cut-off', 'another-format', 'no-tests'],
    },
    'evidence-format-unknown': {
      kind: 'invalid',
      title: 'Nobody knows how to read the file',
      because: ['The format that was named has no reader.', 'Nothing in the file tells its format.'],
      wayOut: 'Say it with `--format`, as one of those that the failure lists.',
    },
    'evidence-of-another-kind': {
      kind: 'invalid',
      title: 'The file proves something else',
      because:
        'Its format proves one kind of thing, and it was handed in as another: coverage is no test result.',
      wayOut: 'Hand it over as the kind that the failure names, or choose the right file.',
    },
    'evidence-too-large': {
      kind: 'invalid',
      title: 'The file is too large',
      because: 'It is over the limit that the failure names.',
      wayOut: 'Hand over one file a suite, without what the tests printed.',
    },
    'evidence-reading-aborted': {
      kind: 'interrupted',
      title: 'The reading was called off',
      because: 'Whoever sent the file went away, or the control plane was ending.',
      wayOut: 'Hand the file over again: `rung evidence add FILE --release RELEASE`',
    },
    'evidence-unknown': {
      kind: 'absent',
      title: 'There is no such evidence',
      because: 'No evidence of the project has this id.',
      wayOut: 'See which there is: `rung evidence list RELEASE`',
    },
    'evidence-without-file': {
      kind: 'absent',
      title: 'This evidence has no file',
      because: 'It was said by somebody, not read from a file.',
      wayOut: 'What was said stands in the list: `rung evidence list RELEASE`',
    },
    'uat-undecided': {
      kind: 'invalid',
      title: 'The sign-off neither accepts nor rejects',
      because: 'Users either accept a release or reject it.',
      wayOut: 'Say one: `rung uat RELEASE --in ENVIRONMENT --accept`, or `--reject`.',
    },
    'uat-nowhere': {
      kind: 'invalid',
      title: 'The sign-off does not say where users tried it',
      because: 'A word counts for the environment that they tried it in.',
      wayOut: 'Name it: `rung uat RELEASE --in ENVIRONMENT --accept`',
    },
    'uat-contradicts-itself': {
      kind: 'invalid',
      title: 'It is accepted, and yet a scenario did not pass',
      because: 'Nobody could tell later which of the two was meant.',
      wayOut: 'Reject it, or say of each scenario that it passed.',
    },
    'checklist-unknown': {
      kind: 'absent',
      title: 'There is no such checklist',
      because: 'The project file in force has none of this name.',
      wayOut: 'Take a name that the failure lists.',
    },
    'checklist-item-unknown': {
      kind: 'invalid',
      title: 'The checklist has no such item',
      because: 'An item is named by its whole text, as in rung.yaml.',
      wayOut: 'Take the text from what the failure lists; it names the nearest one.',
    },
    'checklist-empty': {
      kind: 'invalid',
      title: 'No item is named',
      because: 'The call says nothing of any item.',
      wayOut: 'Name what was done: `rung checklist CHECKLIST RELEASE --done "ITEM"`',
    },
    'checklist-where': {
      kind: 'invalid',
      title: 'It does not say which checklist',
      because: 'Only a release was named.',
      wayOut: 'Show those on the way to an environment: `rung checklist RELEASE --to ENVIRONMENT`',
    },
    'rollback-plan-missing': {
      kind: 'absent',
      title: 'The release has no rollback plan yet',
      because: 'Nobody has written one for its source tree.',
      wayOut: 'Write it down: `rung rollback-plan RELEASE --steps FILE --minutes 5`',
    },
    'rollback-plan-without-time': {
      kind: 'invalid',
      title: 'The plan does not say how long going back takes',
      because: 'Whoever decides in a bad hour has to know.',
      wayOut: 'Say it: `rung rollback-plan RELEASE --steps FILE --minutes 5`',
    },
    'rollback-plan-changed': {
      kind: 'conflict',
      title: 'The plan is no longer the one you read',
      because: 'Somebody wrote a new one meanwhile.',
      wayOut: 'Read the new one: `rung rollback-plan RELEASE`',
    },
    'rollback-plan-read-by-writer': {
      kind: 'denied',
      title: 'Its writer cannot be its reader',
      because: 'The point is that another person understands it.',
      wayOut: 'Ask somebody else to read it and to say so: `rung rollback-plan RELEASE --read`',
    },
  },
);

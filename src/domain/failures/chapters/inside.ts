import { chapter } from '../explanation.ts';

const same = 'Let all programs be of the same version: `rung down`, then `rung up`.';

export const inside = chapter(
  {
    title: 'Faults of Rung itself',
    form: 'failure',
    look: 'The log of the program: `.rung/logs`, or `logs` in the folder of the environment.',
    leaves:
      'What serves is not touched. What was asked for may not have been done; `rung status` says how things are.',
  },
  {
    defect: {
      kind: 'defect',
      title: 'Something happened that nobody foresaw',
      because: 'A fault in Rung. It is not your request.',
      look: 'The log of the control plane, at the id that the failure names; of an agent, its own log.',
      wayOut: [
        'Find the id in the log, and report it with what stands there.',
        'What an agent or a reconciler does is tried again by itself.',
      ],
    },
    'access-unsaid': {
      kind: 'defect',
      title: 'A route does not say who may call it',
      because: 'A defect of Rung: a route was added to the API without its permission.',
      leaves: 'The control plane did not start.',
      wayOut: 'Report it with the log of the control plane.',
    },
    'not-authenticated': {
      kind: 'defect',
      title: 'A call of an agent reached a route without its token being checked',
      because: 'A fault in Rung; the call was refused.',
      wayOut: 'Please report it.',
    },
    'not-serving': {
      kind: 'defect',
      title: 'An API was called that was made to be described',
      because: 'A fault in Rung or in a script that uses its inside.',
      wayOut: 'Call the API of a control plane that runs: `rung up`',
    },
    'answer-unexpected': {
      kind: 'defect',
      title: 'The room did not say how the smoke tests went',
      because: 'Agent and room are of different versions, or it is a fault.',
      leaves: 'The release waits before its first step; what serves is not touched.',
      wayOut: [same, 'Else report it.'],
    },
    'arguments-invalid': {
      kind: 'invalid',
      title: 'A program of Rung was started wrongly',
      because: 'The room is started by its agent, not by hand.',
      leaves: 'It did not start.',
      wayOut: 'Start everything with `rung up`.',
    },
    'reconciler-doubled': {
      kind: 'defect',
      title: 'Two reconcilers have the same kind',
      because: 'A fault in how the control plane is put together.',
      leaves: 'The control plane did not start; what serves goes on.',
      wayOut: 'Run the version that worked before, and report this.',
    },
    'reconciler-unknown': {
      kind: 'unavailable',
      title: 'Nothing here reconciles this kind of thing',
      because: 'A newer replica of the control plane asked for it.',
      leaves: 'The work waits in the queue.',
      wayOut: 'Update this replica. It is tried again by itself.',
    },
    'plan-without-writer': {
      kind: 'defect',
      title: 'A rollback plan has no writer',
      because: 'A fault in Rung: who says something is always known.',
      leaves: 'Nothing was kept of the plan.',
      wayOut: [
        'Please report it.',
        'Write the plan again: `rung rollback-plan RELEASE --steps FILE --minutes 5`',
      ],
    },
  },
);

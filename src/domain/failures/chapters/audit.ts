import { chapter } from '../explanation.ts';

const compare = [
  'Keep the file as it is.',
  'Make another export and compare; a difference between the two names what was touched.',
];

export const audit = chapter(
  {
    title: 'The log and its proof',
    form: 'finding',
    look: '`rung audit verify FILE --heads HEADS` names each place; `rung audit export` and `rung audit heads` make both files.',
    leaves: 'Verifying changes nothing. What the log says at that place is not proved.',
    again: 'The same files give the same answer.',
  },
  {
    'audit-altered': {
      kind: 'conflict',
      title: 'The export is not what was written',
      because:
        'It does not agree with the signatures of the control plane, or with the heads that agents keep. Each place is named.',
      wayOut: compare,
    },
    'heads-absent': {
      kind: 'absent',
      title: 'No agent has countersigned the log yet',
      because: 'Nothing happened yet, or no agent runs.',
      wayOut: 'Try again in a moment: agents countersign within seconds of something happening.',
      again: 'Trying again helps as soon as an agent has countersigned.',
    },
    'heads-malformed': {
      kind: 'invalid',
      title: 'A line of the heads is no head of an agent',
      because: 'The file is another one, or was changed by hand.',
      wayOut: 'Give the file as it was written: `rung audit heads`, one JSON object a line.',
    },
    'line-too-long': {
      kind: 'invalid',
      title: 'A line of the export is too long',
      because: 'The file is no export: no event has more than 16 MiB.',
      wayOut: 'Make the export again: `rung audit export`',
    },
    'checkpoint-unknown': {
      kind: 'absent',
      title: 'There is no checkpoint at this position',
      because: 'An agent countersigned what the control plane never handed out.',
      wayOut:
        'See that the agent talks to its own control plane, and verify the log: `rung audit verify FILE`',
    },
    'audit-head-older': {
      kind: 'conflict',
      title: 'The log was countersigned further than this already',
      because:
        'The log is shorter than it was: the database was put back from an older copy, or a tail was cut off.',
      leaves: 'The later head stays.',
      wayOut: [
        'Find out why the log is shorter than it was: `rung audit verify FILE --heads HEADS`',
        'If a backup was restored, say so in the records; what came after it is lost.',
      ],
    },
    'audit-head-not-pushed': {
      title: 'An agent could not push its head',
      because: 'The repository cannot be reached or written.',
      leaves: 'The head is kept beside the agent; only its copy in `refs/rung/audit/ENVIRONMENT` is old.',
      wayOut: 'See in the log of the agent why, and whether the repository can be written.',
      again: 'The next head is pushed by itself.',
    },
    'chain-rewritten': {
      title: 'The chain does not extend what an agent signed',
      because: 'Events before that position were changed, together with the signatures of the control plane.',
      leaves: 'The agent does not countersign any more; its last head is the proof.',
      wayOut: [...compare, 'Find out who had access to the database and to the key of the control plane.'],
    },
    'checkpoint-forged': {
      title: 'A checkpoint is not signed by the control plane that is pinned',
      because: 'Another key signed it: it was replaced, or somebody else answers.',
      leaves: 'The agent does not countersign any more; its last head is the proof.',
      wayOut: [
        'See whether the key of the control plane was replaced on purpose; then pin the new one.',
        'Else find out what answers in its place.',
      ],
    },
    'header-unreadable': {
      title: 'The first line is not the header of an export',
      because: 'The file is another one, or its beginning is missing.',
      wayOut: [
        'Make the export again: `rung audit export`',
        'Keep the old file if somebody gave it to you as proof.',
      ],
    },
    'line-unreadable': {
      title: 'A line is not an event',
      because: 'It was changed or cut off.',
      wayOut: compare,
    },
    'event-changed': {
      title: 'An event was changed',
      because: 'Its content does not give the digest that its link covers.',
      wayOut: compare,
    },
    'event-missing': {
      title: 'Events are missing',
      because: 'Positions are left out: somebody removed lines.',
      wayOut: compare,
    },
    'event-duplicated': {
      title: 'A position is there twice',
      because: 'A line was copied or put in.',
      wayOut: compare,
    },
    'event-out-of-order': {
      title: 'Events are not in their order',
      because: 'Lines were moved.',
      wayOut: compare,
    },
    'tail-cut-off': {
      title: 'The end of the log is missing',
      because: 'An agent has countersigned a position that is not in the export.',
      wayOut: [
        'Make another export: the old one may simply be older than the heads.',
        'If that is as short, events were removed: find out who had access to the database.',
      ],
    },
    'signature-wrong': {
      title: 'A signature is wrong',
      because: 'What was signed is not what stands there, or another key was used.',
      wayOut: compare,
    },
    'key-unpinned': {
      title: 'A key that signed is not pinned',
      because:
        'The file of pinned keys does not have it: it is older than the key, or the key is a stranger’s.',
      wayOut:
        'Verify with the keys as they are committed beside rung.yaml; a key that is not there proves nothing.',
    },
    'head-foreign': {
      title: 'A head belongs to another project',
      because: 'The heads were taken from elsewhere.',
      wayOut: 'Take the heads of this project: `rung audit heads`',
    },
  },
);

import { chapter } from '../explanation.ts';

export const changes = chapter(
  {
    title: 'Change requests',
    form: 'failure',
    look: '`rung change-request show NUMBER` and `rung change-request list`',
    leaves: 'The change request is as it was.',
  },
  {
    'change-request-unknown': {
      kind: 'absent',
      title: 'There is no such change request',
      because: 'No change request of the project has this number.',
      wayOut: 'See which there are: `rung change-request list`',
    },
    'change-request-exists': {
      kind: 'conflict',
      title: 'There is a change request for this already',
      because: 'One release into one environment has one that is not closed or rejected at a time.',
      wayOut: 'Change that one; the failure names it: `rung change-request edit NUMBER`',
    },
    'change-request-incomplete': {
      kind: 'invalid',
      title: 'The change request does not say enough',
      because: 'A part that everyone has to have was left out; each is listed.',
      wayOut: 'Say what is listed. `rung change-request create --help` shows a whole one.',
    },
    'change-request-invalid': {
      kind: 'invalid',
      title: 'The change request cannot be taken as it is',
      because:
        'A part of it says what it cannot, such as a window that ends before it begins; each is listed.',
      wayOut: 'Mend what is listed, then send it again.',
    },
    'change-request-decided': {
      kind: 'conflict',
      title: 'The change request was decided already',
      because: 'It is not in a phase in which this can still be done.',
      wayOut: [
        'See how it stands: `rung change-request show NUMBER`',
        'Write a new one if what is meant is another try: `rung change-request create RELEASE --to ENVIRONMENT`',
      ],
    },
    'change-request-changed': {
      kind: 'conflict',
      title: 'The change request no longer says what you looked at',
      because: 'Somebody changed it meanwhile; an approval counts for what was read.',
      wayOut: 'Read it again, then decide: `rung change-request show NUMBER`',
    },
    'change-request-homeless': {
      kind: 'absent',
      title: 'The environment of the change request is gone',
      because: 'The record of the environment is not in the store any more.',
      wayOut: 'Write a change request for an environment that `rung status` shows.',
    },
    'change-request-approval-by-author': {
      kind: 'denied',
      title: 'You may not approve your own change request',
      because:
        'You asked for the change, or changed what it says. An approval is the word of a second person.',
      wayOut: 'Ask another member of the roles that approve it; the failure names them.',
    },
    'change-request-role-missing': {
      kind: 'denied',
      title: 'You have none of the roles that approve change requests here',
      because: 'The gate names the roles under `from`, and none of them has you as a member.',
      wayOut: 'Ask somebody of the roles that the failure names.',
    },
    'change-request-notes-full': {
      kind: 'limited',
      title: 'The change request has as many notes as it can have',
      because: 'The number of notes is limited.',
      wayOut: 'Keep the rest elsewhere, and link to it from the release.',
      again: 'Trying the same again does not help.',
    },
  },
);

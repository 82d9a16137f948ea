import { chapter } from '../explanation.ts';

export const ended = chapter(
  {
    title: 'Promotions that ended without effect',
    form: 'promotion',
    look: '`rung log --environment ENVIRONMENT` has who did what, when and why.',
    leaves: 'What served before goes on; nothing was rolled out.',
    again: 'Ask for it anew once the reason is gone.',
  },
  {
    'promotion-rejected': {
      title: 'An approver rejected it',
      because: 'Somebody who decides on the environment said no; their reason stands with it.',
      wayOut: ['Settle what they object to.', 'Ask anew: `rung promote RELEASE --to ENVIRONMENT`'],
    },
    'promotion-withdrawn': {
      title: 'It was withdrawn before it started',
      because: 'Somebody took it out of the way with `rung withdraw`.',
      wayOut: 'Ask anew if it is still wanted: `rung promote RELEASE --to ENVIRONMENT`',
    },
    'promotion-superseded': {
      title: 'Another one took its place',
      because: [
        'Automation asked for a newer release, and nobody had approved this one.',
        'A rollback or a hotfix by a named person went before a rollout that was held or being watched.',
      ],
      leaves: 'The one that took its place decides what serves; its id stands with the state.',
      wayOut: [
        'Look at the one that took its place: `rung explain PROMOTION`',
        'Ask anew if this one is still wanted.',
      ],
    },
    'promotion-rolled-back': {
      title: 'It was rolled out and taken back',
      because:
        'A rule, a smoke test, a start that failed or a person took it back; the reason stands with it.',
      leaves:
        'All requests are on the version before, and the release is marked, unless it was itself a rollback.',
      wayOut: ['`rung explain ROLLOUT` says what the evidence was.', 'Mend it in a new release.'],
      again: 'Not as it is: admission refuses a release with a mark.',
    },
    'promotion-failed': {
      title: 'It was to be taken back, and nobody has seen that happen',
      because: 'The rollout ended in a rollback that was not reported as done.',
      leaves: 'Nobody can be sure what serves; `rung status` says what was seen last.',
      wayOut: [
        'Bring the agent of the environment back, and see in `rung status` what serves.',
        '`rung rollback ENVIRONMENT --reason TEXT` puts the version before back.',
      ],
      see: ['rollback-failed'],
    },
  },
);

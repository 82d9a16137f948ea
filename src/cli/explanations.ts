import type { FailureKind } from '../domain/failure.ts';

export interface Explanation {
  readonly kind: FailureKind;
  /** What it means. */
  readonly means: string;
  /** What to do about it. */
  readonly wayOut: string;
}

/** What the failures mean that somebody meets most often. A failure says the same in short where it happens. */
export const explanations: Readonly<Record<string, Explanation>> = {
  'promotion-refused': {
    kind: 'denied',
    means:
      'Admission found something that refuses the promotion outright, such as an environment that would be skipped or a release that is marked. Everything else that is missing is listed with it.',
    wayOut: 'See all of it at any time with `rung why RELEASE --to ENVIRONMENT`.',
  },
  'plan-changed': {
    kind: 'conflict',
    means:
      'What the promotion would change is not what you looked at any more. An approval counts for one plan only, so it was not taken.',
    wayOut: 'Look at the new plan and approve that: `rung approve ENVIRONMENT`.',
  },
  'promotion-not-done': {
    kind: 'conflict',
    means:
      'The promotion you watched ended, but not as done: it was taken back, failed, rejected, withdrawn or superseded.',
    wayOut: '`rung log --environment ENVIRONMENT` shows what happened, with the evidence.',
  },
  'rollout-taken-back': {
    kind: 'conflict',
    means:
      'A rule of the judge, a smoke test or a person took the release back. All traffic is on the version before it, and the release is marked so that automation does not try it again.',
    wayOut:
      'Mend it in a new release. To try the same one again: `rung release lift-mark RELEASE --reason …`.',
  },
  'audit-altered': {
    kind: 'conflict',
    means:
      'The export does not agree with the signatures of the control plane or with the heads that the agents keep. Each place is named.',
    wayOut:
      'Keep the file. Make another export and compare; a difference between the two names what was touched.',
  },
  'not-running': {
    kind: 'unavailable',
    means: 'The data folder is there, but no control plane runs from it.',
    wayOut: 'Start it with `rung up`.',
  },
  'confirmation-needed': {
    kind: 'invalid',
    means: 'The command asks before it acts, and there was no terminal to ask at.',
    wayOut: 'Look first with --dry-run where the command has it, then say --yes.',
  },
  'url-unsafe': {
    kind: 'invalid',
    means: 'A token would have left this machine without encryption, or the address had a password in it.',
    wayOut: 'Use the https address, and give the token with RUNG_TOKEN or --token-file.',
  },
};

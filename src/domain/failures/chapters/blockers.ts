import { chapter } from '../explanation.ts';

const waits = 'The promotion waits and starts by itself as soon as nothing is in the way.';
const unneeded = 'Nothing has to be asked for again.';

export const blockers = chapter(
  {
    title: 'What keeps a release out',
    form: 'blocker',
    look: '`rung why RELEASE --to ENVIRONMENT` lists everything in the way, who can lift it, and the earliest time.',
    leaves: 'Nothing was changed: a promotion that is refused is not kept.',
    again: 'Asking again helps once it is lifted.',
  },
  {
    'blocked-role-unknown': {
      title: 'Whoever asks has no role in the project',
      because: 'No role of the project file that is in force names this person.',
      wayOut: 'Ask somebody who has a role, or have yourself added under `roles` in rung.yaml.',
    },
    'blocked-order': {
      title: 'A rung of the ladder would be skipped',
      because: [
        'The release has not run, as a whole, in each environment that comes before.',
        'No pipeline leads to the environment.',
        'A pushed project file puts an environment on the way there that does not exist yet.',
        'For a rollback: the release has never run there, so it is not proved there.',
      ],
      wayOut: [
        'Promote it to the first environment that it has not run in; `rung why` names it.',
        'Where no pipeline leads there, add the environment as a step in rung.yaml.',
        'Where one on the way does not exist yet, run `rung up` again: it makes what is new in the file.',
      ],
    },
    'blocked-already-there': {
      title: 'The release runs there already',
      because: 'Every service has the artifact that the release brings, so nothing would change.',
      wayOut:
        'There is nothing to do. To end what is on its way there: `rung abort ENVIRONMENT --reason TEXT`',
    },
    'blocked-marked': {
      title: 'The release was taken back before',
      because:
        'A rule, a smoke test or a person took it back, and nothing tries it again until a person says so.',
      look: [
        '`rung release show RELEASE` has the mark, with its reason and its rollout.',
        '`rung explain ROLLOUT` with the id of that rollout says what happened.',
      ],
      wayOut: [
        'Mend it in a new release.',
        'If the release was not to blame, lift the mark: `rung release lift-mark RELEASE --reason TEXT`',
      ],
    },
    'blocked-merged': {
      title: 'A merge asks for it, and a person has to promote it',
      because:
        'The branch of an environment with `deploy: manual` was pushed: that asks for the release, and a person says when.',
      wayOut: 'Promote it; the approvals that it has stay: `rung promote RELEASE --to ENVIRONMENT`',
      leaves: waits,
    },
    'blocked-approvals': {
      title: 'Approvals are missing, or have timed out',
      because: [
        'Fewer people than asked for have approved, or all of them from too few roles.',
        'An approval timed out: it counts for as long as `expire` says, 24 h unless written otherwise.',
        'An approver has lost the role since, or the plan has changed since, which makes an approval void.',
      ],
      wayOut: [
        'Ask somebody whom `rung why` names, by the contact that stands beside the role.',
        'They approve with `rung approve ENVIRONMENT`. Whose approval timed out approves again.',
      ],
      leaves: waits,
      again: unneeded,
      see: ['plan-changed', 'approval-role-missing'],
    },
    'blocked-window': {
      title: 'The environment is closed at this hour',
      because: [
        'No window of the environment is open now. What has started goes on when one closes.',
        'A window or freeze in the file in force cannot be read; then nothing is open.',
      ],
      wayOut: [
        'Wait: it starts by itself when the window opens.',
        'Somebody named under `waive` of the step can make an exception, with a reason.',
        'A calendar that cannot be read is found by `rung check`; correct rung.yaml and have it accepted.',
      ],
      leaves: waits,
      again: unneeded,
    },
    'blocked-freeze': {
      title: 'The environment is frozen',
      because:
        'A freeze of the environment or of the project covers this time, for the reason that stands with it.',
      wayOut: [
        'Wait: it starts by itself when the freeze is over and a window is open.',
        'Somebody named under `waive` of the step can make an exception, with a reason.',
      ],
      leaves: waits,
      again: unneeded,
    },
    'blocked-one-at-a-time': {
      title: 'Another change comes first',
      because: [
        'Something is being rolled out, watched, held or taken back there.',
        'Another promotion waits for the environment and has approvals.',
      ],
      look: [
        '`rung status` and `rung watch ENVIRONMENT` show what goes on there.',
        '`rung why RELEASE --to ENVIRONMENT`',
      ],
      wayOut: [
        'Wait until it is through.',
        'Or take it back, `rung abort ENVIRONMENT --reason TEXT`, or out of the way, `rung withdraw PROMOTION`.',
      ],
      leaves:
        'Behind a rollout the promotion waits and starts by itself. Behind one with approvals it is refused.',
    },
    'blocked-emergency': {
      title: 'An emergency is not allowed here, or not confirmed yet',
      because: [
        'The step declares no `emergency`, or you have none of the roles that may ask for one.',
        'The second person has not confirmed it, or the plan is not the one they saw.',
        'It was not confirmed and started within the hour.',
      ],
      wayOut: [
        'Ask somebody who may, whom `rung why` names; the second person confirms with `rung approve ENVIRONMENT --emergency`.',
        'Where there is no emergency way in, promote it without: `rung promote RELEASE --to ENVIRONMENT`',
      ],
      leaves: 'Where it may be asked for, it waits for the second person. Else nothing was changed.',
      see: ['emergency-same-person', 'emergency-unsaid'],
    },
  },
);

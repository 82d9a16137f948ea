import { chapter } from '../explanation.ts';

export const promoting = chapter(
  {
    title: 'Promoting and going back',
    form: 'failure',
    look: '`rung why RELEASE --to ENVIRONMENT` and `rung status`',
    leaves: 'Nothing was changed.',
  },
  {
    'promotion-refused': {
      kind: 'denied',
      title: 'Admission refuses the promotion',
      because:
        'Something speaks against it that cannot lift while it waits: a skipped rung, a mark on the release, a missing role. Everything else that is missing is listed with it.',
      wayOut: [
        'See all of it at any time with `rung why RELEASE --to ENVIRONMENT`.',
        'Lift what refuses it, then ask again.',
      ],
      again: 'Asking again helps once what refuses it is lifted.',
      see: ['blocked-order', 'blocked-marked', 'blocked-already-there', 'blocked-role-unknown'],
    },
    'promotion-exists': {
      kind: 'conflict',
      title: 'The same promotion was asked for already',
      because: 'One of this release into this environment waits or runs; the answer names it.',
      wayOut: [
        'See how that one stands: `rung why RELEASE --to ENVIRONMENT`',
        'To begin anew, take it out of the way: `rung withdraw PROMOTION`',
      ],
    },
    'promotion-unknown': {
      kind: 'absent',
      title: 'There is no such promotion',
      because: ['No promotion has this id.', 'Nothing waits for the environment that was named.'],
      wayOut: 'See with `rung status` what waits where, and name the environment or the whole id.',
    },
    'promotion-ambiguous': {
      kind: 'invalid',
      title: 'Several promotions wait for the environment',
      because: 'More than one waits, so the name of the environment does not say which is meant.',
      wayOut: 'Name one by its id; the failure lists them.',
    },
    'promotion-not-waiting': {
      kind: 'conflict',
      title: 'The promotion waits for nobody any more',
      because: 'It has started, or has ended.',
      wayOut:
        'See how it stands with `rung explain PROMOTION`. What runs is ended by `rung abort ENVIRONMENT --reason TEXT`.',
    },
    'promotion-homeless': {
      kind: 'absent',
      title: 'The release or the environment of the promotion is gone',
      because: 'The record of one of them is not in the store any more.',
      wayOut: [
        'See with `rung log --all` when it went.',
        'Promote another release, to an environment that `rung status` shows.',
      ],
    },
    'promotion-not-done': {
      kind: 'conflict',
      title: 'The promotion that was watched ended, but not as done',
      because: 'It was taken back, failed, rejected, withdrawn or superseded.',
      look: '`rung explain PROMOTION` with its id says which, and why.',
      leaves: 'As the way in which it ended says: nothing new serves, unless it was superseded.',
      wayOut: [
        '`rung log --environment ENVIRONMENT` shows how it came to that.',
        'Lift the reason, then ask again.',
      ],
      see: [
        'promotion-rolled-back',
        'promotion-rejected',
        'promotion-withdrawn',
        'promotion-superseded',
        'promotion-failed',
      ],
    },
    'plan-changed': {
      kind: 'conflict',
      title: 'The plan is not the one you looked at',
      because:
        'Something went in since, or the release changed what it brings. An approval counts for one plan only.',
      leaves: 'The approval was not taken; the promotion waits as before.',
      wayOut: 'Look at the new plan and approve that one, if you still want to: `rung approve ENVIRONMENT`',
    },
    'approval-not-needed': {
      kind: 'conflict',
      title: 'The environment asks for no approval',
      because: 'Its step has no `approvals`.',
      wayOut: 'There is nothing to approve; `rung why RELEASE --to ENVIRONMENT` says what it waits for.',
    },
    'approval-by-requester': {
      kind: 'denied',
      title: 'Whoever asked for it may not approve it',
      because: 'An approval is the word of a second person.',
      wayOut: 'Ask somebody else of the roles that approve; `rung why RELEASE --to ENVIRONMENT` names them.',
    },
    'approval-role-missing': {
      kind: 'denied',
      title: 'You have none of the roles that approve here',
      because:
        'The project file in force names the approving roles under `approvals`, and none of them has you as a member.',
      wayOut: 'Ask somebody whom `rung why RELEASE --to ENVIRONMENT` names.',
    },
    'rejection-role-missing': {
      kind: 'denied',
      title: 'You have none of the roles that decide here',
      because: 'Only who may approve for the environment may reject. Whoever asked for it can withdraw it.',
      wayOut:
        'Ask somebody whom `rung why RELEASE --to ENVIRONMENT` names, or `rung withdraw PROMOTION` your own.',
    },
    'gate-unknown': {
      kind: 'absent',
      title: 'The environment asks for no such gate',
      because: 'No gate of the step has this name. One with a name of its own is known by that.',
      wayOut: 'Take a name that `rung why RELEASE --to ENVIRONMENT` lists.',
    },
    'waiver-role-missing': {
      kind: 'denied',
      title: 'You may waive no gate here',
      because: 'The step names those who may under `waive`, or names nobody.',
      wayOut:
        'Ask somebody who may; the failure names the roles. Where nobody may, do what the gate asks for.',
    },
    'exception-role-missing': {
      kind: 'denied',
      title: 'You may make no exception from the calendar here',
      because: 'The step names those who may under `waive`, or names nobody.',
      wayOut:
        'Ask somebody who may; the failure names the roles. Where nobody may, wait until the environment opens.',
    },
    'exception-time': {
      kind: 'invalid',
      title: 'The exception has a time that it cannot have',
      because: 'It would be over already, end before it starts, last too long, or start too far from now.',
      wayOut:
        'Choose a time within what the failure says. What is to be open for longer is a window in rung.yaml.',
    },
    'exceptions-too-many': {
      kind: 'conflict',
      title: 'The environment has too many exceptions that are not over',
      because: 'So many exceptions are a window in disguise.',
      wayOut:
        'See them with `rung window list`; revoke what is not needed, or change the windows in rung.yaml.',
    },
    'exception-unknown': {
      kind: 'absent',
      title: 'There is no such exception',
      because: 'No exception has this id.',
      wayOut: 'See which there are: `rung window list`',
    },
    'exception-over': {
      kind: 'conflict',
      title: 'The exception is over',
      because: 'It ended, or somebody revoked it before.',
      wayOut: 'There is nothing to do. Make another one if the environment has to be open.',
    },
    'calendar-range': {
      kind: 'invalid',
      title: 'The calendar cannot be shown for this time',
      because: 'It would end before it starts, or covers more days than are shown at once.',
      wayOut: 'Ask for a shorter time, with a `to` that is later than its `from`.',
    },
    'rollback-target-missing': {
      kind: 'conflict',
      title: 'There is nothing to go back to',
      because: 'Nothing ran in the environment before what serves now.',
      wayOut: [
        'Name a version that has run there: `rung rollback ENVIRONMENT --to RELEASE --reason TEXT`',
        'Or mend it in a new release.',
      ],
    },
    'rollback-under-way': {
      kind: 'conflict',
      title: 'What is to be undone is being taken back already',
      because:
        'A rollout is being taken back, by its judge or by somebody who was quicker. What ran before what serves now would be one version further back.',
      wayOut: [
        'Wait until it is done: `rung watch ENVIRONMENT`',
        'To go back further, name the version: `rung rollback ENVIRONMENT --to RELEASE --reason TEXT`',
      ],
    },
    'service-unknown': {
      kind: 'absent',
      title: 'There is no such service',
      because: 'The project file in force declares no service of this name.',
      wayOut: 'Take one of the names that the failure lists.',
    },
    'service-not-in-release': {
      kind: 'conflict',
      title: 'The release to go back to does not bring this service',
      because: 'The service came with a later release.',
      wayOut: 'Name services that the release brings, or choose a version that has them all.',
    },
    'validation-of-nothing': {
      kind: 'conflict',
      title: 'What is to be validated does not run there',
      because: 'Another release runs in the environment, or its services are of several releases.',
      wayOut: 'See with `rung status` what runs there now, and validate that.',
    },
    'rollout-unknown': {
      kind: 'absent',
      title: 'There is no such rollout',
      because: ['No rollout has this id.', 'Nothing is being rolled out in the environment that was named.'],
      wayOut: 'See with `rung status` what is on its way, and where.',
    },
    'rollout-ambiguous': {
      kind: 'invalid',
      title: 'Several environments have a rollout',
      because: 'No environment was named, and something happens in more than one.',
      wayOut: 'Name one: `rung watch ENVIRONMENT`',
    },
    'rollout-not-live': {
      kind: 'conflict',
      title: 'The rollout can no longer be taken back',
      because: 'It has ended, or is being taken back already.',
      wayOut: 'Go to an earlier version with `rung rollback ENVIRONMENT --reason TEXT`.',
    },
    'rollout-not-pausable': {
      kind: 'conflict',
      title: 'There is nothing to pause',
      because: 'The release goes in all at once, or the rollout is not in a phase with traffic.',
      wayOut: 'It can be taken back at any time: `rung abort ENVIRONMENT --reason TEXT`',
    },
    'rollout-not-held': {
      kind: 'conflict',
      title: 'The rollout is not held',
      because:
        'Only what is held can be resumed or promoted past its evidence. Somebody may have been quicker.',
      wayOut: 'See how it stands: `rung watch ENVIRONMENT`',
    },
    'rollout-held-anew': {
      kind: 'conflict',
      title: 'The rollout is not held where you saw it',
      because: 'It went on while you looked, and was held again: for something else, or before another step.',
      leaves: 'Nothing was changed; it is held as before.',
      wayOut:
        'Look why it is held now and where it would go to, and say so again, if you still want to: `rung watch ENVIRONMENT`',
    },
    'rollout-condemned': {
      kind: 'conflict',
      title: 'A rule says that it is to be taken back',
      because:
        'The agent or the judge has decided against the release, and no reason of a person goes past that.',
      leaves: 'It is being taken back.',
      wayOut: 'Mend the release and promote the mended one.',
    },
    'judge-not-back': {
      kind: 'conflict',
      title: 'Nobody is there to judge it',
      because: [
        'The rollout fell to 0 % because nobody judged, and the agent has not been heard since.',
        'The agent is silent; what is resumed without it would be exposed with nobody to take it back.',
      ],
      leaves: 'It stays held, at the weight that it has.',
      wayOut: [
        'Bring the agent back; `rung status` says whether it is silent.',
        'Then `rung resume ENVIRONMENT --note TEXT` or `rung advance ENVIRONMENT --reason TEXT`.',
      ],
      again: 'Trying again helps as soon as the agent is heard.',
    },
    'advance-role-missing': {
      kind: 'denied',
      title: 'You may not answer for thin evidence here',
      because: 'Those who approve for the environment may; anybody with a role where nobody has to approve.',
      wayOut: 'Ask somebody of the roles that the failure names.',
    },
    'rollout-taken-back': {
      kind: 'conflict',
      title: 'The rollout that was watched was taken back',
      because: 'A rule of the judge, a smoke test, a failed start or a person took the release back.',
      look: '`rung explain ROLLOUT` with its id says which, and by what evidence.',
      leaves:
        'All requests are on the version before, and the release is marked so that nothing tries it again by itself.',
      wayOut: [
        'Mend it in a new release.',
        'To try the same one again: `rung release lift-mark RELEASE --reason TEXT`',
      ],
      see: [
        'taken-back-contract',
        'taken-back-early-stop',
        'taken-back-health',
        'taken-back-smoke-tests',
        'taken-back-start',
        'taken-back-person',
      ],
    },
  },
);

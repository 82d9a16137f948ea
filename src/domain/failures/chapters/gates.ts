import { chapter } from '../explanation.ts';

export const gates = chapter(
  {
    title: 'Gates that are closed',
    form: 'gate',
    look: [
      '`rung why RELEASE --to ENVIRONMENT` says how the gate stands and from what.',
      '`rung evidence list RELEASE` lists what was handed in, and `rung evidence get EVIDENCE` fetches a file of it.',
    ],
    leaves:
      'The promotion waits. It starts by itself as soon as the gate opens and nothing else is in the way.',
    again: 'Nothing has to be asked for again: the gate is judged anew with each piece of evidence.',
  },
  {
    'gate-tests': {
      title: 'The tests failed, or nobody has handed in their results',
      because: [
        'The newest results of a suite for this source tree have failures or errors, or no test ran in it.',
        'A suite that the gate names has no results yet.',
      ],
      wayOut: [
        'Read which tests failed in the file that was handed in.',
        'Mend them in a new release. Where the tests were not to blame, run them again: the newest results count.',
        'Where results are missing: `rung evidence add junit.xml --kind tests --release RELEASE`',
      ],
    },
    'gate-coverage': {
      title: 'The tests run through too little of the code, or nobody has said how much',
      because: [
        'The ratio over all lines of the reports for this tree is under the limit of the gate.',
        'No report was handed in.',
      ],
      wayOut: [
        'Where the report is missing: `rung evidence add lcov.info --kind coverage --release RELEASE`',
        'Else test more of the code and build a new release.',
      ],
    },
    'gate-review': {
      title: 'The change was not reviewed by enough people',
      because: [
        'Fewer reviewers than asked for have agreed. The author’s own word does not count.',
        'Somebody’s newest word asks for changes.',
      ],
      wayOut: [
        'Settle what is asked for, in a new release where it is in the code.',
        'Then let the forge or CI say so: `rung evidence review --release RELEASE --by NAME`',
      ],
    },
    'gate-scan': {
      title: 'The security scan found something, or was not handed in',
      because: [
        'The scan has findings of a severity that the gate names, and they are not suppressed.',
        'There is no scan for this tree.',
      ],
      wayOut: [
        'Where it is missing: `rung evidence add scan.sarif --kind scan --release RELEASE`',
        'Else mend what was found and build a new release, or suppress in the scanner what is no danger.',
      ],
    },
    'gate-soak': {
      title: 'It has not run long enough in the environment before',
      because: [
        'The time that the gate asks for is not over yet.',
        'Another release has taken its place there, and its time stands still.',
      ],
      wayOut: [
        'Wait: the gate opens by itself, and `rung why` says when.',
        'Where it does not run there any more: `rung promote RELEASE --to ENVIRONMENT` with the environment before.',
      ],
    },
    'gate-smoke': {
      title: 'Its smoke tests have not passed in the environment before',
      because: [
        'The release has not been rolled out there since, so they have not run.',
        'No service of the release brings any. Having none is not passing.',
      ],
      wayOut: [
        'Promote the release to the environment before: they run there at 0 % of the traffic.',
        'Where there are none, give each service a `smoke` command in rung.yaml and build a new release.',
      ],
    },
    'gate-validation': {
      title: 'Nobody has said that it is good in the environment before',
      because:
        'A person has to look at what runs there and say so. A word about an earlier release does not count.',
      wayOut: [
        'Look at the environment, its figures and its log.',
        'Then say so: `rung validate ENVIRONMENT`',
      ],
    },
    'gate-stability': {
      title: 'The environment before was not stable',
      because: [
        'Within the time that the gate looks back, a release was taken back, failed or was gone back from there.',
        'An alarm fires there, fired within that time, or nobody knows whether one does.',
        'The errors of a service there reached the limit, over all its requests of that time.',
        'Its traffic, or its alarms, were observed for less than nine tenths of that time. What nobody saw counts for nothing.',
      ],
      look: [
        '`rung why RELEASE --to ENVIRONMENT` names each of these with its figures, and when it is over.',
        '`rung log --environment ENVIRONMENT` with the environment before, and `rung alarm list ENVIRONMENT`',
      ],
      wayOut: [
        'Setbacks, alarms that are over and time that is missing lift by themselves; `rung why` says when.',
        'Mend what fires or fails there. Errors lift once the bad minutes are further back than the gate looks.',
        'Where time is missing again and again, see in `rung status` whether the agent there is silent.',
      ],
    },
    'gate-alarms': {
      title: 'An alarm fires, or nobody can say whether one does',
      because: [
        'An alarm fires in the environment that the release comes from, or in the one it goes to.',
        'A source that is declared under `alarms` did not answer lately, or cannot be read.',
        'Nobody watches the environment before: no source is declared there, and nothing was ever posted.',
      ],
      look: [
        '`rung alarm list ENVIRONMENT`, for either of the two: what fires, since when, and who says so.',
        '`rung why RELEASE --to ENVIRONMENT`',
      ],
      wayOut: [
        'Mend what it warns of: the gate opens by itself when the alarm is over. One that is silenced at its source does not block.',
        'Let the control plane reach its sources; they are asked again every 30 s.',
        'Where nobody watches, declare a source under `alarms` in rung.yaml, or let monitoring say how it is: `rung alarm resolve NAME --in ENVIRONMENT`',
      ],
      see: ['alarms-unreachable', 'alarms-unreadable', 'alarms-refused'],
    },
    'gate-uat': {
      title: 'Users have not accepted it, or have rejected it',
      because: [
        'Nobody who may has signed it off in the environment before.',
        'The newest word of the users there rejects it.',
      ],
      wayOut: [
        'Let users try it there, then sign it off: `rung uat RELEASE --in ENVIRONMENT --accept`',
        'What they rejected is mended in a new release.',
      ],
    },
    'gate-change-request': {
      title: 'There is no change request that is approved and within its window',
      because: [
        'There is none for this release and environment, or it was rejected or closed.',
        'It waits for approvals; a change of what it says has made earlier ones void.',
        'Its window has not begun, or is over.',
      ],
      look: [
        '`rung change-request list` and `rung change-request show NUMBER`',
        '`rung why RELEASE --to ENVIRONMENT`',
      ],
      wayOut: [
        'Write one with `rung change-request create RELEASE --to ENVIRONMENT`; its `--help` has a whole example.',
        'Have it approved: `rung change-request approve NUMBER`',
        'Move a window that is over with `rung change-request edit NUMBER`, and have it approved again.',
      ],
    },
    'gate-rollback-plan': {
      title: 'Nobody knows yet how it would be taken back',
      because: [
        'No plan is written down, or nobody but its writer has read it.',
        'What serves now is not kept any more, so there is no way back to it.',
      ],
      wayOut: [
        'Write it down: `rung rollback-plan RELEASE --steps FILE --minutes 5`',
        'Let another person read it and say so: `rung rollback-plan RELEASE --read`',
        'Where there is no way back, first bring a release in that is kept.',
      ],
    },
    'gate-checklist': {
      title: 'Not every item of a checklist is ticked off',
      because: 'An item was never ticked off, or not by somebody who may.',
      wayOut: 'Do what it says, then tick it off: `rung checklist CHECKLIST RELEASE --done "ITEM"`',
    },
    'gate-bugs': {
      title: 'Too many blocking bugs are open, or nobody has counted them',
      because: ['The newest count is over what the gate lets pass.', 'There is no count for this tree.'],
      wayOut: [
        'Close them in the tracker, or mend them in a new release.',
        'Then let CI ask the tracker again: `rung evidence count 0 --release RELEASE`',
      ],
    },
    'gate-rule': {
      title: 'A rule of the project’s own does not hold',
      because: [
        'The expression under `when` is false for what is known now.',
        'It cannot be worked out: it asks for something that is not there. That is no pass.',
      ],
      wayOut: [
        'Do what the rule asks for; its `otherwise` says what that is, where its author wrote it.',
        'Where it cannot be worked out, ask `has(…)` first in the rule, and look with `rung check`.',
      ],
    },
    'gate-webhook': {
      title: 'A program that was asked has not said yes',
      because: [
        'It said no.',
        'It has not answered yet, and its time is not over.',
        'It gave no answer within the `timeout` of the gate, or one that is none.',
        'It was not asked yet: that happens once a promotion waits for it.',
      ],
      look: [
        '`rung why RELEASE --to ENVIRONMENT` has its reason, or what went wrong, and until when it has time.',
        'The log of that program.',
      ],
      wayOut: [
        'Where it said no, mend what it found and build a new release.',
        'Where it did not answer, mend it, then ask again: `rung gate ask GATE RELEASE --to ENVIRONMENT`',
        'Somebody who may can let the gate pass: `rung waive GATE RELEASE --to ENVIRONMENT --reason TEXT`',
      ],
      again:
        'A yes counts for the same source tree for good. After a no or no answer somebody has to ask again.',
      see: ['no-answer', 'reply-status', 'reply-not-json'],
    },
  },
);

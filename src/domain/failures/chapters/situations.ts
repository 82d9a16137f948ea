import { chapter } from '../explanation.ts';

export const situations = chapter(
  {
    title: 'What one says in a bad hour',
    form: 'situation',
    look: ['`rung why RELEASE --to ENVIRONMENT` before it starts.', '`rung explain PROMOTION` afterwards.'],
    leaves: 'Nothing was changed.',
  },
  {
    'branch-exists': {
      title: '“The branch exists already”',
      because: [
        'Rung makes no release branch: a release is its source tree, so there is nothing to be in the way.',
        'What can be taken is a version, by a tag on another commit, or the tree, by an earlier release.',
      ],
      wayOut: [
        'A tree that is a release already is promoted as that: `rung release list`',
        'A tag in the way is removed if Rung did not make it.',
        'A branch of people’s own is deleted or used; Rung does not touch it.',
      ],
      see: ['tag-elsewhere', 'tree-released', 'promotion-exists'],
    },
    'tests-failed': {
      title: '“The tests failed”',
      because:
        'Either the results that CI handed in are bad, which closes a gate; or the release’s own smoke tests failed at 0 %, which takes it back.',
      leaves: 'No client has met it. What served before goes on.',
      wayOut: [
        '`rung why RELEASE --to ENVIRONMENT` names the suite; `rung evidence get EVIDENCE` fetches its file.',
        'Mend them in a new release.',
      ],
      see: ['gate-tests', 'gate-smoke', 'taken-back-smoke-tests'],
    },
    'approval-timed-out': {
      title: '“The approval timed out”',
      because:
        'An approval counts for as long as `expire` says, 24 h unless written otherwise. The promotion itself does not time out.',
      leaves: 'The promotion goes on waiting, and nothing has to be started again.',
      wayOut: [
        '`rung why RELEASE --to ENVIRONMENT` names who is missing, with their contact.',
        'They approve: `rung approve ENVIRONMENT`',
      ],
      again: 'Asking again is not needed.',
      see: ['blocked-approvals'],
    },
    'infrastructure-error': {
      title: '“The infrastructure failed”',
      because:
        'What the release needs to run is not there: disk, port, database, gateway, the program that runs services, or the agent itself.',
      look: [
        '`rung status` has the trouble beside the service, with a code of its own.',
        'The logs of agent, room and gateway, in the folder `logs` of the environment.',
      ],
      leaves: 'Before traffic: the release waits or is taken back. With traffic: the version before serves.',
      wayOut: [
        '`rung explain CODE` with the code of the trouble.',
        'Mend that; agents try again by themselves.',
        'A rollout that is held is resumed: `rung resume ENVIRONMENT --note TEXT`',
      ],
      again: 'It is tried again by itself, once what is missing is back.',
      see: [
        'disk-full',
        'port-taken',
        'database-away',
        'gateway-not-started',
        'room-silent',
        'held-judge-lost',
      ],
    },
    'promotion-failed-midway': {
      title: '“The promotion failed in the middle”',
      because:
        'A rule, a failed start, or the loss of the agent or of the control plane ended or held it while it was on its way.',
      look: [
        '`rung status` says what serves in each environment.',
        '`rung explain PROMOTION` says how it ended, and by what evidence.',
      ],
      leaves:
        'A known state: taken back (all requests on the version before, the release marked), held (a weight that is shown, 0 % if nobody judges), or, if an agent is away, a rollback that is not confirmed yet.',
      wayOut: [
        'Taken back: there is nothing to clean up. Mend it in a new release.',
        'Held: `rung resume ENVIRONMENT --note TEXT` or `rung abort ENVIRONMENT --reason TEXT`.',
        'Not confirmed: bring the agent back, and see in `rung status` what serves.',
        'To any earlier version, at any time: `rung rollback ENVIRONMENT --to RELEASE --reason TEXT`',
      ],
      see: ['promotion-rolled-back', 'held-judge-lost', 'rollback-failed'],
    },
  },
);

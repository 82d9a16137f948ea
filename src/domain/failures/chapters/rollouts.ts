import { chapter } from '../explanation.ts';

const marked = 'the release is marked, so that nothing tries it again by itself';
const back = `All requests are on the version before, and ${marked}.`;
const lift = 'To try the same one again: `rung release lift-mark RELEASE --reason TEXT`';

export const rollouts = chapter(
  {
    title: 'Rollouts that stop or go back',
    form: 'rollout',
    look: [
      '`rung explain ROLLOUT` with its id has the figures that decided.',
      '`rung log --environment ENVIRONMENT` has each step, with its evidence.',
    ],
    leaves: back,
    again: 'Not as it is: admission refuses a release with a mark.',
  },
  {
    'taken-back-health': {
      title: 'Taken back: the new version was unhealthy',
      because: [
        'An instance of it failed its health check twice in a row, or ended, during the canary.',
        'While watching: none answered, or one failed a second time within 10 minutes.',
      ],
      wayOut: [
        'Read the end of the instance’s log, in the folder `logs` of the environment.',
        'Mend it in a new release.',
        lift,
      ],
      see: ['instance-exited', 'unhealthy'],
    },
    'taken-back-early-stop': {
      title: 'Taken back: it fails so much more that waiting would prove nothing',
      because:
        'The evidence that its error ratio is over the limit, or worse than that of the version beside it, is overwhelming.',
      wayOut: ['Find the requests that failed in the log of the service.', 'Mend it in a new release.', lift],
    },
    'taken-back-contract': {
      title: 'Taken back: too many errors for too long',
      because:
        'The error ratio stayed over the limit for the time of the rule, such as 5 % for 2 minutes, and the version beside it was not as bad.',
      wayOut: ['Find the requests that failed in the log of the service.', 'Mend it in a new release.', lift],
    },
    'taken-back-smoke-tests': {
      title: 'Taken back: its smoke tests failed',
      because: 'At 0 % of the traffic the release’s own smoke tests did not pass. No client has met it.',
      wayOut: ['Read their output: it stands with the reason.', 'Mend it in a new release.', lift],
    },
    'taken-back-start': {
      title: 'Taken back: it did not start',
      because: [
        'Before the first step, an instance could not be started, ended, or was not healthy in time.',
        'All at once: it was not seen healthy within a minute of the switch.',
      ],
      wayOut: [
        'Read the trouble beside the service in `rung status`, and the end of the instance’s log.',
        'Mend it in a new release: it has to listen on HOST and PORT and to answer its health path.',
        lift,
      ],
      see: ['start-failed', 'instance-exited', 'never-healthy'],
    },
    'taken-back-person': {
      title: 'Taken back by a person',
      because: 'Somebody ended it with `rung abort` or a rollback; the reason they gave stands with it.',
      wayOut: ['Ask them, or act on the reason.', 'Mend it in a new release.', lift],
    },
    'held-person': {
      title: 'Held by a person',
      because: 'Somebody paused it; the note says why. The rules stay armed, so it can still be taken back.',
      leaves: 'The weight stays what it was; no step follows by itself.',
      wayOut: [
        'Go on with `rung resume ENVIRONMENT --note TEXT`.',
        'Or take it back with `rung abort ENVIRONMENT --reason TEXT`.',
      ],
      again: 'It goes on from the start of the step, when a person resumes it.',
    },
    'held-judge-lost': {
      title: 'Held: nobody judged it any more',
      because:
        'The agent, or the control plane that it reports to, was away for longer than the lease on the weight.',
      look: [
        '`rung status` says whether the agent of the environment is silent.',
        'The logs of the agent and of the gateway say since when.',
      ],
      leaves: 'The gateway has put all requests on the version before; the new one is at 0 % and still runs.',
      wayOut: [
        'Bring the agent back; on a laptop `rung up` starts it again.',
        'Then `rung resume ENVIRONMENT --note TEXT`: it begins at the step’s start, without its old evidence.',
        'Or take it back with `rung abort ENVIRONMENT --reason TEXT`.',
      ],
      again: 'It goes on when a person resumes it.',
    },
    'held-insufficient-evidence': {
      title: 'Held: there was not enough evidence',
      because:
        'Within the longest time of the step it could not be shown that the error ratio is under the limit: too few requests, or too near the limit.',
      look: '`rung watch ENVIRONMENT` shows how many requests there were and how far they lead.',
      leaves: 'The weight stays what it was, and the rules stay armed.',
      wayOut: [
        'Bring it traffic and `rung resume ENVIRONMENT --note TEXT`.',
        'Or answer for it yourself, where your role may: `rung advance ENVIRONMENT --reason TEXT`',
        'Or take it back with `rung abort ENVIRONMENT --reason TEXT`.',
      ],
      again: 'Resuming begins the step anew; with as little traffic it will be held again.',
    },
    'held-rule': {
      title: 'Held: a rule asks a person',
      because: [
        'p95 latency is over its bound, such as 3 times the baseline. That asks, and does not take back.',
        'Or the version beside it fails as much: the cause is shared, and the release may not be to blame.',
      ],
      look: '`rung watch ENVIRONMENT` shows both versions beside each other.',
      leaves: 'The weight stays what it was, and the rules stay armed.',
      wayOut: [
        'Find out whether the release is to blame.',
        'If it is: `rung abort ENVIRONMENT --reason TEXT`',
        'If not: `rung resume ENVIRONMENT --note TEXT`, or `rung advance ENVIRONMENT --reason TEXT`.',
      ],
      again: 'Resuming begins the step anew; the rule asks again if nothing has changed.',
    },
    'rollback-failed': {
      title: 'Taking it back has not been seen to work',
      because:
        'The agent did not report in time that the version before serves again: it is away, or the version before does not come up.',
      look: [
        '`rung status` says what serves, and whether the agent is silent.',
        'The log of the agent says what it tries.',
      ],
      leaves:
        'Nobody can be sure what serves. A gateway that lives has put all requests on the version before when the lease ran out, where there was one.',
      wayOut: [
        'Bring the agent back; it goes on with what it was asked for, which is the version before.',
        'See in `rung status` that the version before is healthy and serves.',
        'If it does not come up: `rung rollback ENVIRONMENT --to RELEASE --reason TEXT` with one that has run there.',
      ],
      again: 'The agent tries again by itself for as long as it runs.',
    },
  },
);

import { chapter } from '../explanation.ts';

const byItself = 'The agent tries again by itself.';
const asBefore = 'The agent goes on with what it was last asked for; what serves is not touched.';

export const agents = chapter(
  {
    title: 'Agents and what runs in an environment',
    form: 'trouble',
    look: [
      '`rung status` shows troubles beside their service, and says whether an agent is silent.',
      'The logs of the agent, the room and each instance: `logs` in the folder of the environment.',
    ],
    leaves: asBefore,
    again: byItself,
  },
  {
    'control-plane-away': {
      kind: 'unavailable',
      title: 'The control plane does not answer its agent',
      because: 'It does not run, or is being started again.',
      wayOut:
        'Bring it back: `rung up` on a laptop. Where a canary runs meanwhile, the agent goes on judging and may take back, and never advances.',
    },
    'control-plane-behind': {
      title: 'The control plane asks for an older state than it did before',
      because: [
        'It was restored from a backup; the agent was asked for something else since.',
        'Its database was set back in another way, or a copy of an older control plane runs.',
      ],
      wayOut: [
        'After `rung restore` it passes by itself: the control plane takes up what the agent holds.',
        'See whether two control planes run, and end the copy.',
        'Where the database was set back by other means: `rung backup`, then `rung restore` of that.',
      ],
    },
    'control-plane-refused': {
      kind: ['denied', 'absent', 'conflict', 'limited', 'invalid', 'unavailable', 'defect'],
      title: 'The control plane refused the agent without saying why',
      because: 'Something that is not Rung answers on the socket, or a version that speaks otherwise.',
      wayOut: 'Let agent and control plane be of the same version, and see what listens on the socket.',
    },
    'protocol-unspoken': {
      kind: 'conflict',
      title: 'Agent and control plane are more than one version apart',
      because: 'One of them was brought up to date and the other was left behind.',
      wayOut: [
        'Bring the older one up to date.',
        'Where it is several versions behind, one version after the other: neighbours always work together.',
      ],
      leaves: 'What serves goes on. The environment hears nothing new until then.',
    },
    'message-invalid': {
      kind: 'invalid',
      title: 'A message of the agent was not understood',
      because: 'Agent and control plane are of different versions, or something changed the message.',
      wayOut: 'Use an agent of the same version as the control plane.',
    },
    'environment-foreign': {
      kind: 'denied',
      title: 'The agent does not look after this environment',
      because: 'It asked for, or reported, something of an environment that is another agent’s.',
      wayOut:
        'See that each agent was started for its own environment. Else look for a key that was stolen: `rung agent key revoke ENVIRONMENT KEY`',
    },
    'agent-unknown': {
      kind: ['denied', 'absent'],
      title: 'There is no such agent',
      because: [
        'The environment has no agent.',
        'The token names one that was removed, or one of another control plane.',
      ],
      wayOut:
        'Start `rung up` again, which introduces agents; for a lost key: `rung agent key replace ENVIRONMENT`',
    },
    'agent-unintroduced': {
      kind: 'unavailable',
      title: 'The control plane has not said yet who this agent is',
      because: 'Both start at the same time, and the control plane is not done.',
      wayOut: 'Wait. If it lasts, the log of the control plane says why.',
    },
    'agent-key-absent': {
      kind: 'absent',
      title: 'The key of the agent is gone',
      because: 'Its file was removed, or the folder of the environment was.',
      leaves: 'The agent does not start; what serves goes on without it.',
      wayOut: 'Give it a new one: `rung agent key replace ENVIRONMENT`',
      again: 'Trying the same again does not help.',
    },
    'agent-key-unknown': {
      kind: 'absent',
      title: 'The agent has no such key to revoke',
      because: 'The key was revoked or replaced before, or another agent’s was named.',
      leaves: 'Nothing was changed: that key is refused.',
      wayOut:
        'Nothing to do for that key. To give the agent another one: `rung agent key replace ENVIRONMENT`',
      again: 'Trying the same again does not help.',
    },
    'key-unknown': {
      kind: 'denied',
      title: 'A call of an agent was signed with a key that is not in force',
      because: 'The key was revoked or replaced, or the token was signed by another one.',
      wayOut: 'If the key was lost or revoked: `rung agent key replace ENVIRONMENT`',
      again: 'Trying the same again does not help.',
    },
    'token-missing': {
      kind: 'denied',
      title: 'A call of an agent carries no token',
      because: 'Something that is no agent of this version calls the agents’ socket.',
      wayOut: 'See who has access to the socket in the folder of the environment.',
    },
    'token-unreadable': {
      kind: 'denied',
      title: 'The token of an agent cannot be read',
      because: 'It was cut off or changed, or is made by another version.',
      wayOut: 'Use an agent of the same version as the control plane.',
    },
    'token-expired': {
      kind: 'denied',
      title: 'The token of an agent has expired',
      because:
        'The clocks of the two differ, or the call took long to arrive. Each answer tells the agent the time.',
      wayOut: 'Nothing to do for a single one. If it lasts, set the clocks right.',
    },
    'nonce-stale': {
      kind: 'denied',
      title: 'The token’s nonce is not a fresh one',
      because: 'The control plane was started again, or the agent was silent for long.',
      wayOut: 'Nothing to do: the answer has a fresh one, and the agent signs anew.',
    },
    'token-replayed': {
      kind: 'denied',
      title: 'The token was used before',
      because: 'The same call arrived twice: a connection that broke, or somebody who listened.',
      wayOut:
        'Nothing to do for a single one. If it goes on, see who has access to the socket, and replace the key: `rung agent key replace ENVIRONMENT`',
    },
    'too-many-calls': {
      kind: 'limited',
      title: 'Agents call more often than can be kept apart',
      because: 'Very many agents, or one that runs wild.',
      wayOut: 'Find in the log of the control plane who calls so often, and end that program.',
    },
    'countersignature-invalid': {
      kind: 'denied',
      title: 'A countersignature is not by the agent over that checkpoint',
      because: 'The agent has another key than it is known by, or the message was changed.',
      wayOut: 'See that the key in force is the agent’s: `rung agent key replace ENVIRONMENT`',
    },
    'room-silent': {
      kind: 'unavailable',
      title: 'The program that runs the services did not start',
      because: 'The system refused it, or it failed at once.',
      leaves: 'Services that ran before go on; nothing new is started.',
      wayOut: 'Read its log, which the failure names, and mend what it says.',
    },
    'room-away': {
      kind: 'unavailable',
      title: 'The program that runs the services does not answer',
      because: 'It ended, or the machine is very busy.',
      leaves: 'Its services go on meanwhile.',
      wayOut: 'Nothing to do: it is started again by itself. If it lasts, read `room.log`.',
    },
    'call-too-large': {
      kind: 'invalid',
      title: 'A call to the room is too large',
      because: 'Agent and room are of different versions, or something else calls.',
      wayOut: 'Let all programs be of the same version: `rung down`, then `rung up`.',
    },
    'no-port-free': {
      kind: 'limited',
      title: 'Every port of a range that Rung chooses from is taken',
      because: 'Very many instances run, or other programs listen in that range.',
      wayOut: 'End some programs that listen on the ports that the failure names.',
    },
    'start-failed': {
      title: 'An instance could not be started',
      because: '`run` names a program that is not there or may not be run. It is started without a shell.',
      wayOut: 'Correct `run` in rung.yaml: a program and its arguments; build a new release.',
      leaves: 'During a rollout the release is taken back. What served before goes on.',
      see: ['taken-back-start'],
    },
    'instance-exited': {
      title: 'An instance ended by itself',
      because: 'The program ended with a code, or was killed by a signal; both are named.',
      wayOut: 'Read the end of its log, which is shown with it, and mend it in a new release.',
      leaves:
        'It is started again at once, then with pauses that grow. During a rollout the release is taken back.',
      see: ['taken-back-health'],
    },
    'never-healthy': {
      title: 'An instance was not healthy in time after its start',
      because:
        'It does not listen on HOST and PORT, its health path does not answer with success, or it starts slowly.',
      wayOut: 'Let it listen there and answer its health path; or raise `start-within` in rung.yaml.',
      leaves: 'It gets no requests. During a rollout the release is taken back.',
      see: ['taken-back-start'],
    },
    unhealthy: {
      title: 'An instance failed its health check twice in a row',
      because: 'Its health path did not answer, or not with success; the detail says how.',
      wayOut: 'Read its log; mend what keeps it from answering.',
      leaves: 'It gets no requests until it answers again, and is started anew when it does not.',
      see: ['taken-back-health'],
    },
    'taken-back-before': {
      title: 'A late word asks for what was taken back here',
      because:
        'The agent took the rollout back, and a word about its weight that was on its way came afterwards.',
      leaves: 'All requests stay on the version before; the late word is not followed.',
      wayOut: ['Take it back: `rung abort ENVIRONMENT --reason TEXT`', 'Then promote the release anew.'],
      again: 'Not by itself: a person ends it.',
    },
    'stop-ignored': {
      title: 'An instance did not end when it was asked to',
      because: 'It ignores SIGTERM, or takes longer than `stop-within` to end.',
      leaves: 'It was killed; requests that it was answering are lost.',
      wayOut: 'Let the service end on SIGTERM, or raise `stop-within` in rung.yaml.',
      again: 'It happens again with each stop until the service is mended.',
    },
    'stood-still': {
      title: 'The agent was stopped for a while',
      because: 'The machine slept, or something stopped the process.',
      leaves: 'It looks at everything anew; evidence from before does not count.',
      wayOut: 'Nothing to do, unless a rollout is held since: `rung resume ENVIRONMENT --note TEXT`',
      see: ['held-judge-lost'],
    },
    'desired-ref-not-written': {
      title: 'The agent could not write what runs into Git',
      because: 'The repository cannot be reached or written, or another hand moved the ref.',
      leaves: 'What serves is right; only its note in `refs/heads/rung/ENVIRONMENT` is old.',
      wayOut: 'See in the log of the agent why, and whether the repository can be written.',
    },
  },
);

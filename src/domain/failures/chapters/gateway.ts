import { chapter } from '../explanation.ts';

const serves = 'The gateway goes on with the routes and the weight that it has.';

export const gateway = chapter(
  {
    title: 'The gateway',
    form: 'failure',
    look: '`gateway.log` and the log of the agent, in the folder `logs` of the environment.',
    leaves: serves,
    again: 'The agent looks again, and tries again by itself.',
  },
  {
    'gateway-absent': {
      kind: 'unavailable',
      title: 'No gateway runs for the environment',
      because:
        'Nobody listens on `gateway.sock`: it was killed and is not back yet, or nothing was routed there yet.',
      look: '`gateway.log` in the folder `logs` of the environment says how it ended.',
      leaves:
        'Requests are refused until it is back. It comes back with the same ports, routes, weight and latch, and a lease that ran out meanwhile has put all on the version before.',
      wayOut: [
        'Nothing to do: its keeper starts it again within a second, and the agent where the keeper is gone, too.',
        'If it lasts, do what the last lines of `gateway.log` say.',
      ],
    },
    'gateway-not-started': {
      kind: 'unavailable',
      title: 'The gateway did not start',
      because: [
        'It was started and nobody listened on `gateway.sock` within 10 s.',
        'Its port is taken, its folder cannot be written, the machine is far too busy, or it failed at once.',
      ],
      look: 'The log that the failure names: `.rung/environments/ENVIRONMENT/logs/gateway.log`.',
      leaves: 'The services run, and nobody reaches them in this environment.',
      wayOut: [
        'Do what its last lines say: free the port, make room on the disk, or give the folder back to its user.',
        'Where they say nothing, `rung status` names what else troubles the environment.',
      ],
    },
    'gateway-silent': {
      kind: 'unavailable',
      title: 'The gateway does not answer its agent',
      because: 'It took the call and said nothing for 10 s: it is stopped, or the machine is far too busy.',
      look: 'The state of the process (`T` is stopped) and `gateway.log`.',
      leaves:
        'The agent can neither renew nor measure. Once the gateway runs on and finds its lease run out, all requests go to the version before, and the rollout is held.',
      wayOut: [
        'Let a stopped one run on: `kill -CONT PID`.',
        'Else end the process: another one takes over ports, routes, weight and latch.',
      ],
      see: ['lease-expired', 'held-judge-lost'],
    },
    'gateway-interrupted': {
      kind: 'unavailable',
      title: 'The gateway broke off in the middle of an answer',
      because:
        'It ended, or was replaced, while it answered its agent. Whether it did what it was told nobody knows.',
      wayOut:
        'Nothing to do: the agent reads what is really set, and says anew what is wanted. Saying it twice changes nothing.',
    },
    'gateway-foreign': {
      kind: 'conflict',
      title: 'Another program answers on the gateway’s socket',
      because: 'What listens on `gateway.sock` does not say of itself that it is a gateway of ours.',
      look: 'Who has the socket that the failure names: `ss -xlp | grep gateway.sock`',
      leaves: 'Nothing was set, and nothing of the other program was touched.',
      wayOut: 'End that program, or use another data folder: `rung up --data FOLDER`',
    },
    'gateway-running': {
      kind: 'conflict',
      title: 'A gateway serves this folder already',
      because: 'A second one was started for the same environment, by hand or by a second keeper.',
      look: '`gateway.log` has the refusal; `.rung/environments/ENVIRONMENT/run` names the process that runs.',
      leaves: 'The first goes on; the second has ended and touched nothing.',
      wayOut:
        'Nothing to do. Two keepers that last are two installations in one folder: end all with `rung down`, and start one.',
      again: 'As long as the first runs, a second is refused.',
    },
    'gateway-draining': {
      kind: 'unavailable',
      title: 'The gateway is closing',
      because: 'It was asked to end, by `rung down` or to be replaced, and lets open requests finish first.',
      leaves: 'Requests under way are answered; it takes no new ones, and no new routes or weight.',
      wayOut:
        'Nothing to do: the agent starts another one in its place, with the same ports, routes and weight.',
    },
    'gateway-state-unwritable': {
      kind: 'unavailable',
      title: 'The gateway cannot write its state',
      because: 'The disk is full or damaged, or the folder of the environment belongs to another user.',
      look: 'The file that the failure names, `df` for the disk it lies on, and `ls -l` for whose it is.',
      leaves:
        'What it was told is in force, and is not on the disk: if it ended now, it would come back as it was before. Its agent says it again until it is kept.',
      wayOut: ['Make room on that disk.', 'Give the folder back to the user that `rung up` runs as.'],
      see: ['disk-full'],
    },
    'gateway-answer-large': {
      kind: 'limited',
      title: 'The gateway says too much at once',
      because: 'Its answer has more than 64 MB, which no gateway of this version sends.',
      wayOut: 'Let agent and gateway be of one version: `rung down`, then `rung up`.',
    },
    'gateway-answer-unreadable': {
      kind: 'defect',
      title: 'The gateway refused in a way nobody can read',
      because:
        'It answered with an error that has none of the kinds that this version knows: it is of another version, or it is a fault in Rung.',
      wayOut: [
        'Let agent and gateway be of one version: `rung down`, then `rung up`.',
        'If it comes again, please report it, with `gateway.log`.',
      ],
    },
    'gateway-arguments': {
      kind: 'invalid',
      title: 'The gateway was started wrongly',
      because:
        'It was started by hand, or by an agent of another version, and what the failure names is missing or malformed.',
      leaves: 'It did not start; one that runs goes on.',
      wayOut: 'Start everything with `rung up`: the agent starts its gateway.',
      again: 'The same arguments are refused again.',
    },
    'gateway-defect': {
      kind: 'defect',
      title: 'The gateway met a defect of its own',
      because: 'A fault in Rung: it failed over what its agent asked of it, in a way nobody foresaw.',
      look: '`gateway.log` in the folder `logs` of the environment has it, with the place in the code.',
      wayOut: [
        'Please report it, with what `gateway.log` says.',
        'If it lasts, end the process of the gateway: another one takes over its state.',
      ],
    },
    'control-input': {
      kind: 'invalid',
      title: 'The gateway did not understand what it was told',
      because: 'Agent and gateway are of different versions.',
      wayOut: 'Let both be of the same version: `rung down`, then `rung up`.',
    },
    'control-input-large': {
      kind: 'limited',
      title: 'The gateway was told too much at once',
      because: 'The body is over the limit that the failure names.',
      wayOut: 'Let agent and gateway be of the same version: `rung down`, then `rung up`.',
    },
    'control-route-unknown': {
      kind: 'absent',
      title: 'The gateway knows no such call',
      because: 'Agent and gateway are of different versions.',
      wayOut: 'Let both be of the same version: `rung down`, then `rung up`.',
    },
    'listener-missing': {
      kind: 'conflict',
      title: 'The gateway has no socket for a service',
      because:
        'It runs in a network of its own and has the sockets that it was started with: a service that came later, or whose port changed, has none there.',
      look: 'The service and the port that the failure names, and `ports` of the environment in rung.yaml.',
      leaves: 'The routes stay as they were, for all services; the new service is reached by nobody yet.',
      wayOut: [
        'Nothing to do: the agent ends that gateway and starts one with a socket for every service; it keeps routes, weight and latch.',
        'If it lasts, a fixed port under `ports` may be taken: `rung explain port-taken`',
      ],
      see: ['port-taken'],
    },
    'route-repeated': {
      kind: 'invalid',
      title: 'Two routes were sent for one service',
      because: 'A fault of the agent that sent them.',
      wayOut: 'Let agent and gateway be of the same version: `rung down`, then `rung up`. Else report it.',
    },
    'weight-not-in-force': {
      kind: 'conflict',
      title: 'The weight of that generation is not in force',
      because: 'A newer word was given, or the gateway was started without this one.',
      wayOut: 'Nothing to do: the agent reads the state and sets what is wanted now.',
    },
    'lease-expired': {
      kind: 'conflict',
      title: 'The lease on the weight ran out',
      because: 'Nobody renewed it in time: the agent was away or stood still.',
      leaves: 'All requests go to the version before, and the rollout is held.',
      wayOut: 'A person resumes it once the agent is back: `rung resume ENVIRONMENT --note TEXT`',
      again: 'Renewing it does not help; only a newer generation does.',
      see: ['held-judge-lost'],
    },
    'generation-taken-back': {
      kind: 'conflict',
      title: 'That generation was taken back here',
      because: 'The gateway remembers what was taken back, so that a late word never exposes it again.',
      leaves: 'All requests stay on the version before.',
      wayOut: 'Promote the release anew if it was not to blame: that is a newer generation.',
      again: 'The same word is refused for ever.',
      see: ['taken-back-before'],
    },
    'generation-stale': {
      kind: 'conflict',
      title: 'A word about the weight comes late',
      because: 'A newer one is in force.',
      wayOut: 'Nothing to do: the agent fetches what is desired now.',
    },
    'generation-contradicted': {
      kind: 'conflict',
      title: 'One generation says two different things',
      because: 'Two agents steer the same gateway, or one of them lies.',
      wayOut: 'See that only one agent runs for the environment.',
    },
    ETIMEDOUT: {
      title: 'An instance did not answer in time',
      because: 'It took the request and was silent for longer than the gateway waits.',
      look: 'The line in `gateway.log` names the instance and how often it happened.',
      leaves: 'The client got status 504, which counts as an error of that version.',
      wayOut: 'Find in the log of the instance what it waited for.',
      again: 'The gateway asks no second time; the client may.',
    },
    'answer-malformed': {
      title: 'An instance answered something that is no HTTP/1.1',
      because:
        'Its head or its chunks can be read in more than one way, or not at all: two lengths, a line without its CR LF, an answer of 101 that nobody asked for.',
      look: 'The line in `gateway.log` names the instance. `curl -v` straight to it shows what it says.',
      leaves: 'The client got status 502, or its answer broke off; it counts as an error of that version.',
      wayOut: 'Let the service leave lengths and chunks to its HTTP library, and set each field once.',
      again: 'The gateway asks no second time; the client may.',
      see: ['answer-head-large'],
    },
    'answer-head-large': {
      title: 'The head of an answer is too large',
      because: 'An instance sent more header fields than the gateway takes: 16 KiB.',
      look: 'The line in `gateway.log` names the instance. Cookies and tokens in `Set-Cookie` are the usual cause.',
      leaves: 'The client got status 502, which counts as an error of that version.',
      wayOut: 'Let the service send less in its headers.',
      again: 'The gateway asks no second time; the client may.',
    },
    'keeper-gone': {
      title: 'The keeper of the gateway was killed',
      because: 'The loop beside the gateway that starts it again has ended.',
      wayOut: 'Nothing to do: the gateway gives itself another one.',
    },
  },
);

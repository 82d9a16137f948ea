import type { ControlClient } from '../../../src/agent/control-client.ts';
import { programLog } from '../../../src/main/log.ts';
import { runLaptopAgent } from '../../../src/main/agent.ts';
import type { Observation, ObservationRequest, PollResponse } from '../../../src/protocol/messages.ts';
import { protocolVersion } from '../../../src/protocol/version.ts';

/**
 * The real agent, that speaks as one of another version would: what is newer than it says is left out, and what nobody
 * here knows yet is added, in what it says and in what it hears. Arguments: its environment's folder, and the version.
 */
const [dir = '', said = ''] = process.argv.slice(2);
const version = Number(said);
const isNewer = version > protocolVersion;
const novelty = isNewer ? { novelty: { since: version } } : {};

const observed = ({ restoredFrom, restoredAt, holding, ...known }: Observation): Observation => ({
  ...known,
  ...(isNewer && restoredFrom !== undefined && { restoredFrom }),
  ...(isNewer && restoredAt !== undefined && { restoredAt }),
  ...(isNewer && holding !== undefined && { holding }),
  services: known.services.map((one) => ({ ...one, ...novelty })),
  rollout: known.rollout === null ? null : { ...known.rollout, ...novelty },
  isolation: { ...known.isolation, ...novelty },
  ...novelty,
});

const observation = (request: ObservationRequest): ObservationRequest => ({
  ...request,
  protocol: version,
  observations: request.observations.map(observed),
  samples: request.samples.map((one) => ({ ...one, ...novelty })),
  ...novelty,
});

/** An older one hears nothing of what came later. */
const heard = (response: PollResponse): PollResponse => ({
  ...response,
  ...novelty,
  environments: response.environments.map(({ restoredFrom, restoredAt, ...one }) => ({
    ...one,
    ...novelty,
    ...(isNewer && restoredFrom !== undefined && { restoredFrom }),
    ...(isNewer && restoredAt !== undefined && { restoredAt }),
  })),
});

const through = (control: ControlClient): ControlClient => ({
  ...control,
  poll: async (request, signal) =>
    heard(await control.poll({ ...request, protocol: version, ...novelty }, signal)),
  observe: (request, signal) => control.observe(observation(request), signal),
});

const running = await runLaptopAgent(dir, programLog('agent'), through);
process.once('SIGTERM', () => void running.stop().finally(() => process.exit(0)));

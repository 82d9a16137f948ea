import { systemClock } from '../../engine/clock.ts';
import { type Address, readAddresses } from './files.ts';

/** A control plane that stands still takes calls and never answers; one that lives says within this how it is. */
const answersWithinMs = 10_000;

/**
 * Where the control plane of this folder is. Where several replicas run, the first of them that answers. None answers: the
 * first there is, so that the call itself says what is wrong.
 */
export async function answeringAddress(folder: string, withinMs?: number): Promise<Address> {
  const addresses = await readAddresses(folder);
  if (addresses.length === 1) return addresses[0];
  const asking = new AbortController();
  const answers = async (address: Address): Promise<Address> =>
    (await isReady(address, asking.signal, withinMs)) ? address : Promise.reject(new Error('not ready'));
  try {
    return await Promise.any(addresses.map(answers));
  } catch {
    return addresses[0];
  } finally {
    asking.abort();
  }
}

/** Whether a control plane answers, and says that it is ready. One that does not answer in time, or before the signal, is not. */
export async function isReady(
  { url }: Pick<Address, 'url'>,
  signal: AbortSignal,
  withinMs = answersWithinMs,
): Promise<boolean> {
  const late = new AbortController();
  using _limit = systemClock.after(withinMs, () => late.abort());
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.any([signal, late.signal]) })).ok;
  } catch {
    return false;
  }
}

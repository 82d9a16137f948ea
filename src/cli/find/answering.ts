import { type Address, readAddresses } from './files.ts';

/**
 * Where the control plane of this folder is. Where several replicas run, the first of them that answers: one that stands
 * still takes calls and never answers. None answers: the first there is, so that the call itself says what is wrong.
 */
export async function answeringAddress(folder: string): Promise<Address> {
  const addresses = await readAddresses(folder);
  if (addresses.length === 1) return addresses[0];
  const asking = new AbortController();
  const answers = async (address: Address): Promise<Address> => {
    const { ok } = await fetch(`${address.url}/readyz`, { signal: asking.signal });
    return ok ? address : Promise.reject(new Error('not ready'));
  };
  try {
    return await Promise.any(addresses.map(answers));
  } catch {
    return addresses[0];
  } finally {
    asking.abort();
  }
}

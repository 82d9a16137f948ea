import { readFile, readdir } from 'node:fs/promises';

/** The process and all that it started, and what those started. */
export async function familyOf(pid: number): Promise<number[]> {
  const parents = await parentsByPid();
  const family = [pid];
  // The list grows while it is walked.
  for (const one of family) for (const [child, parent] of parents) if (parent === one) family.push(child);
  return family;
}

async function parentsByPid(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const pairs = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // A name may hold anything, brackets too: what follows the last one is state and parent.
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [pid, Number(parent)] as const;
    }),
  );
  return new Map(pairs);
}

/** All in whose command line or environment a text stands, but this one. Linux only. */
export async function processesNaming(
  text: string,
): Promise<readonly { readonly pid: number; readonly line: string }[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const texts = await Promise.all(
        ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
      );
      const isNamed = texts.some((one) => one.includes(text));
      return isNamed ? [{ pid, line: texts[0]?.replaceAll('\0', ' ') ?? '' }] : [];
    }),
  );
  return found.flat();
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A name for this boot of the machine, within which monotonic times can be compared across processes. null where
 * the system tells none: then nothing from before this process can be compared.
 */
export function bootId(): string | null {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    if (process.platform === 'darwin') {
      return execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
    }
  } catch {
    return null;
  }
  return null;
}

import type { Cli } from '../cli.ts';
import { completionScript, type Shell } from '../completion.ts';

export default async function completion(
  cli: Cli,
  flags: { readonly json?: boolean },
  shell: Shell,
): Promise<void> {
  const script = completionScript(shell);
  if (flags.json === true) cli.answer(flags, { shell, script }, () => []);
  else cli.stdout.write(script);
  await Promise.resolve();
}

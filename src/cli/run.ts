import { type Application, ExitCode, proposeCompletions, run } from '@stricli/core';
import { exitCodeOf, Failure } from '../domain/failure.ts';
import { createApplication } from './application.ts';
import type { CliInputs } from './cli.ts';
import { completeWord } from './completion.ts';
import type { CliContext } from './context.ts';
import { createCli, lookOf } from './create-cli.ts';
import { isRootHelp, rootHelpOn } from './help.ts';
import { failureLines, failureProblem } from './render/failure.ts';

/** Runs one command and answers with the exit code: 0, or that of the failure's kind. Throws nothing. */
export async function runCli(argv: readonly string[], inputs: CliInputs): Promise<number> {
  if (isRootHelp(argv)) {
    inputs.stdout.write(rootHelpOn(inputs.stdout, inputs.env));
    return 0;
  }
  const cli = createCli(inputs);
  let failed: Failure | null = null;
  const application = createApplication((thrown) => {
    failed = interruptedOr(thrown, inputs.signal);
    return reported(failed, argv, inputs);
  });
  const process = { stdout: inputs.stdout, stderr: inputs.stderr, env: inputs.env, exitCode: 0 };
  const context = { process, cli };
  if (argv[0] === completeWord) return complete(application, argv.slice(1), context);
  await run(application, asCommand(argv), context);
  return exitCode(process.exitCode, failed);
}

/** Words that other programs take, as the commands they mean here. */
function asCommand(argv: readonly string[]): readonly string[] {
  if (argv[0] === 'help') return [...argv.slice(1), '--help'];
  return argv.length === 1 && ['--version', '-V'].includes(argv[0] ?? '') ? ['version'] : argv;
}

function exitCode(given: number, failed: Failure | null): number {
  if (failed !== null) return exitCodeOf(failed.kind);
  return given === ExitCode.Success ? 0 : exitCodeOf('defect');
}

/** After Ctrl-C every failure is that one: what broke because of it is of no interest. */
function interruptedOr(failure: Failure, signal: AbortSignal): Failure {
  if (!signal.aborted || failure.kind === 'interrupted') return failure;
  return new Failure('interrupted', 'interrupted', 'Stopped.', { cause: failure });
}

function reported(failure: Failure, argv: readonly string[], inputs: CliInputs): string {
  if (wantsJson(argv)) return JSON.stringify(failureProblem(failure));
  const lines = failureLines(failure, lookOf(inputs.stderr, inputs));
  return [...lines, ...inside(failure, inputs)].join('\n');
}

function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
}

/** The stack, for who asks for it. */
function inside(failure: Failure, inputs: CliInputs): readonly string[] {
  const { cause } = failure;
  const wanted = inputs.env['RUNG_DEBUG'] === '1';
  return wanted ? [cause instanceof Error ? (cause.stack ?? cause.message) : (failure.stack ?? '')] : [];
}

/** One proposal a line: what could come next, a tab, and what it is. */
async function complete(
  application: Application<CliContext>,
  words: readonly string[],
  context: CliContext,
): Promise<number> {
  const flagsWanted = words.at(-1)?.startsWith('-') === true;
  const proposed = await proposeCompletions(application, words, context);
  for (const { completion, brief } of proposed.filter(
    (one) => flagsWanted || !one.completion.startsWith('-'),
  ))
    context.process.stdout.write(`${completion}\t${brief}\n`);
  return 0;
}

import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Failure } from '../../domain/failure.ts';

/** One bare repository and the git that works on it. Never a shell, never the user's configuration. */
export interface Git {
  readonly folder: string;
  /** Standard output as bytes. Throws `GitRefused` when git exits with anything but 0. */
  run(args: readonly string[], options?: GitOptions): Promise<Buffer>;
  text(args: readonly string[], options?: GitOptions): Promise<string>;
  /**
   * Starts git and hands out its standard output; `ended` rejects when git failed, and not when its reader had enough of it.
   * Throws unavailable `git-silent`.
   */
  stream(args: readonly string[]): { readonly output: Readable; readonly ended: Promise<void> };
}

export interface GitOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Git ran and said no. */
export class GitRefused extends Error {
  override readonly name = 'GitRefused';
  readonly exitCode: number | null;
  constructor(args: readonly string[], exitCode: number | null, said: string) {
    super(`git ${args[0] ?? ''}: ${said.trim().slice(0, 500)}`);
    this.exitCode = exitCode;
  }
}

const longestOutputBytes = 64 * 1024 * 1024;

/**
 * Where `withinMs` is given, a git that has not ended by then is asked to; the locks that it holds it gives back. One whose output
 * is handed out may take as long as it likes, and is ended where nothing came of it for so long.
 */
export function gitIn(folder: string, withinMs = 0): Git {
  const run: Git['run'] = (args, options = {}) => runGit(folder, args, options, withinMs);
  return {
    folder,
    run,
    text: async (args, options) => (await run(args, options)).toString('utf8'),
    stream: (args) => streamGit(folder, args, withinMs),
  };
}

function runGit(
  folder: string,
  args: readonly string[],
  options: GitOptions,
  withinMs: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      [`--git-dir=${folder}`, ...args],
      {
        cwd: folder,
        env: { ...cleanEnvironment(), ...options.environment },
        encoding: 'buffer',
        maxBuffer: longestOutputBytes,
        timeout: withinMs,
        killSignal: 'SIGTERM',
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.killed === true && error.signal === 'SIGTERM')
          reject(new GitRefused(args, null, `it did not end within ${withinMs / 1000} s`));
        else reject(failureOf(error, folder, args, stderr.toString('utf8')));
      },
    );
    child.stdin?.on('error', () => {
      // Git may end without reading; its exit code says whether that was wrong.
    });
    child.stdin?.end(options.input ?? '');
  });
}

function streamGit(
  folder: string,
  args: readonly string[],
  silentMs: number,
): { output: Readable; ended: Promise<void> } {
  const child = spawn('git', [`--git-dir=${folder}`, ...args], {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 2000) said += chunk.toString('utf8');
  });
  let isSilent = false;
  // A pipe is a socket, and says when nothing came through it for a while.
  (child.stdout as Socket).setTimeout(silentMs, () => {
    isSilent = true;
    child.kill('SIGKILL');
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(failureOf(error, folder, args, said)));
    child.once('close', (code, signal) => {
      if (isSilent) reject(silent(args, silentMs));
      // It wrote on when nobody read any more; whoever stopped reading knows why.
      else if (code === 0 || signal === 'SIGPIPE') resolve();
      else reject(new GitRefused(args, code, said || `it was ended by ${signal}`));
    });
  });
  return { output: child.stdout, ended };
}

const silent = (args: readonly string[], silentMs: number): Failure =>
  new Failure(
    'unavailable',
    'git-silent',
    `git ${args[0] ?? ''} gave nothing for ${silentMs / 1000} s, and was ended.`,
    { wayOut: 'See whether the disk with the repository answers: `git fsck` reads all of it.' },
  );

function failureOf(
  error: Error & { code?: unknown },
  folder: string,
  args: readonly string[],
  said: string,
): Error {
  // The system says the same of a program and of the folder it is to run in.
  if (error.code === 'ENOENT' && !existsSync(folder))
    return new GitRefused(args, null, `there is no folder ${folder}`);
  if (error.code === 'ENOENT') {
    return new Failure('unavailable', 'git-missing', 'The program git was not found.', {
      wayOut: 'Install git 2.30 or newer, and see that it is in PATH.',
      cause: error,
    });
  }
  return new GitRefused(args, typeof error.code === 'number' ? error.code : null, said || error.message);
}

/** Nothing of the user's: no GIT_ variable, no configuration, no hook templates, no prompt, no pager, no language. */
function cleanEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    ...(process.env['SystemRoot'] !== undefined && { SystemRoot: process.env['SystemRoot'] }),
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

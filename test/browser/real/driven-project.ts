import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answerOf, createClient } from '../../../src/client/index.ts';
import { Rung } from '../../endurance/rung.ts';
import { type OutsidePosts, outsidePosts } from './driven-posts.ts';

const examples = join(import.meta.dirname, '../../../examples');
const anHourMs = 3_600_000;

/** How an example is made quick enough to be driven by hand, and slow enough to be clicked in. */
export interface Tempo {
  /** Of the project file in the example's folder. */
  readonly file: string;
  /** Words of that file, and what stands in their place. */
  readonly instead: readonly (readonly [words: RegExp, others: string])[];
}

/**
 * An example project that runs, and all that comes from outside of the browser: commits that developers push, and what
 * CI, the forge, the tracker and monitoring post with a token of their own.
 */
export class DrivenProject implements AsyncDisposable {
  readonly rung: Rung;
  readonly posts: OutsidePosts;

  private constructor(rung: Rung, posts: OutsidePosts) {
    this.rung = rung;
    this.posts = posts;
  }

  static async start(name: string, tempo: Tempo): Promise<DrivenProject> {
    const rung = await Rung.start({ files: await filesOf(join(examples, name), tempo) });
    await rung.git('remote', 'add', 'rung', join(rung.data, 'repository.git'));
    const { url, project } = await rung.address();
    const owner = createClient({ baseUrl: url, token: await rung.token() });
    const { secret } = await answerOf(
      owner.POST('/api/v1/projects/{project}/tokens', {
        params: { path: { project } },
        body: { name: 'ci', scopes: ['evidence'], expiresInMs: anHourMs },
      }),
    );
    return new DrivenProject(rung, outsidePosts(`${url}/api/v1/projects/${project}`, secret));
  }

  /** To sign in with, once. */
  async link(): Promise<string> {
    const { output } = await this.rung.cli('open', '--json');
    return (JSON.parse(output) as { readonly url: string }).url;
  }

  /** Commits what changed, and pushes it to a branch. */
  async push(message: string, branch: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.rung.write(files);
    await this.rung.git('add', '--all');
    await this.rung.git('commit', '--quiet', '--message', message);
    await this.pushTo(branch);
  }

  /** Points a branch at the newest commit. */
  async pushTo(branch: string): Promise<void> {
    await this.rung.git('push', '--quiet', 'rung', `HEAD:refs/heads/${branch}`);
  }

  /** A file of the project as it is committed. */
  read(path: string): Promise<string> {
    return readFile(join(this.rung.clone, path), 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rung[Symbol.asyncDispose]();
  }
}

/** What a developer would copy of the example: its project file at our tempo, and its services. */
async function filesOf(example: string, { file, instead }: Tempo): Promise<Record<string, string>> {
  const entries = await readdir(join(example, 'services'), { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const place = join(entry.parentPath, entry.name);
    files[place.slice(example.length + 1)] = await readFile(place, 'utf8');
  }
  const text = await readFile(join(example, file), 'utf8');
  files['rung.yaml'] = instead.reduce((now, [words, others]) => now.replace(words, others), text);
  return files;
}

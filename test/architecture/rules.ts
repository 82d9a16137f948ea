/**
 * Who may import whom, in one place. An area is a folder of `src`; the longest name that fits a file is its area.
 * What an area may import is named by folder or file (`folder/*`: the files of that area alone, not the areas in it); with
 * `type ` before it, for its types alone. Each area may import itself, test files anything.
 */
export interface Area {
  readonly name: string;
  readonly may: readonly string[] | 'everything';
  /** Packages that it may import; left out: any that package.json names. */
  readonly packages?: readonly string[];
}

const clock = 'engine/clock.ts';
/** Beside the nouns: what the chapters share lies in `lifecycle` itself, contracts and look-ups. Never another chapter. */
const chapter = ['domain', 'ports', 'engine', 'protocol', 'lifecycle/*'];
const provider: Omit<Area, 'name'> = { may: ['ports', 'domain', 'protocol', clock] };

export const areas: readonly Area[] = [
  { name: 'domain', may: ['domain/expression'], packages: ['node:crypto'] },
  // The one place that knows the language of a team's own rules.
  { name: 'domain/expression', may: ['domain'], packages: ['@marcbachmann/cel-js'] },
  { name: 'ports', may: ['domain', 'type protocol'], packages: [] },
  { name: 'protocol', may: ['domain'] },
  { name: 'engine', may: ['domain', 'type protocol'], packages: ['node:crypto'] },

  { name: 'lifecycle', may: chapter },
  { name: 'lifecycle/declare', may: chapter },
  { name: 'lifecycle/deliver', may: [...chapter, 'lifecycle/read'], packages: [] },
  { name: 'lifecycle/verify', may: chapter, packages: [] },
  { name: 'lifecycle/promote', may: [...chapter, 'lifecycle/read'], packages: [] },
  { name: 'lifecycle/operate', may: chapter, packages: ['node:crypto'] },
  // Not a chapter: what people are shown, which says of each promotion what admission says.
  { name: 'lifecycle/read', may: [...chapter, 'lifecycle/promote'], packages: [] },
  // Puts the chapters together for main.
  { name: 'lifecycle/control-plane.ts', may: [...chapter, 'lifecycle'], packages: [] },

  { name: 'providers/alarms', ...provider },
  { name: 'providers/evidence', ...provider },
  { name: 'providers/folder-store', ...provider },
  { name: 'providers/gateway', ...provider },
  { name: 'providers/git', ...provider },
  { name: 'providers/laptop-identity', ...provider },
  { name: 'providers/process', ...provider },
  { name: 'providers/webhook', ...provider },

  // Small files of our own, on the machine's disk or in memory.
  { name: 'disk', may: [`type ${clock}`] },

  { name: 'agent', may: ['domain', 'protocol', 'ports', 'disk/disk.ts', clock] },
  { name: 'gateway', may: ['domain', 'protocol', 'disk', clock] },
  { name: 'supervisor', may: ['domain', 'protocol', 'disk', clock] },
  { name: 'builder', may: ['domain', 'protocol', 'ports', clock] },
  { name: 'store', may: ['domain', 'protocol', 'engine'] },
  {
    name: 'api',
    may: [
      'domain',
      'protocol',
      'engine',
      'ports',
      ...['face', 'views', 'rules-views', 'question-face', 'agent-face'].map(
        (name) => `type lifecycle/${name}.ts`,
      ),
    ],
  },

  // The control plane in memory and virtual time, for scenarios: it puts the chapters together over the memory store.
  {
    name: 'simulate',
    may: ['domain', 'engine', 'lifecycle', 'ports', 'protocol', 'store', 'agent/traffic-log.ts'],
  },

  { name: 'client', may: ['domain'], packages: ['openapi-fetch'] },
  { name: 'cli', may: ['domain', 'client', clock, 'type lifecycle', 'type simulate'] },
  { name: 'web', may: ['client'] },
  { name: 'story', may: ['domain', 'client', clock] },

  { name: 'main', may: 'everything' },
  { name: 'main.ts', may: 'everything' },
];

/** Who may look at the machine's clock and start timers, beside `engine`; and why. */
export const ownTime: Readonly<Record<string, string>> = {
  'src/web/': 'runs in a browser, where no clock of ours is handed in',
};

/** Longer than 300 lines, and why it may be. Generated files have no limit. */
export const longFiles: Readonly<Record<string, string>> = {
  'src/web/features/board/board.css': 'one page’s look',
  'test/browser/fixtures/scenes.ts': 'data',
};
export const mostLines = 300;
/** A suite that runs against every implementation of a port stands in one file. */
export const mostLinesOfTests = 400;

import type { Victim } from './victims.ts';

const environments = ['dev', 'test', 'staging', 'prod'];
const inEach = ['gateway', 'gateway-keeper', 'instance', 'room'];

/** Every process that there is of ours while the story is told. */
export const victims: readonly Victim[] = [
  'control-plane',
  'builder',
  'postgres',
  'supervisor',
  ...environments.map((name) => `agent-${name}`),
  ...environments.flatMap((name) => inEach.map((what) => `${name} ${what}`)),
];

/** Shares no divisor with how many there are, so that neighbouring steps have victims of different kinds. */
const stride = 7;

/** Who dies at a step: over as many seeds as there are victims, each at each step once. */
export const victimAt = (seed: number, step: number): Victim =>
  victims[(seed + step * stride) % victims.length] ?? 'control-plane';

/** What became of a kill that was meant: left alone, because the step is about the victim, or not there to be killed. */
export type Came = 'killed' | 'spared' | 'absent';

export interface Fate {
  readonly step: string;
  readonly victim: Victim;
  readonly came: Came;
}

const marks: Readonly<Record<Came, string>> = { killed: '', spared: '–', absent: '·' };

/** A row for each step, a column for each process: how often it was killed there, or why it never was. */
export function coverage(fates: readonly Fate[]): string {
  const steps = [...new Set(fates.map(({ step }) => step))];
  const heading = victims.map((victim, at) => `${letter(at)} ${victim}`).join(', ');
  const rows = steps.map((step, at) => {
    const cells = victims.map((victim) =>
      cell(fates.filter((one) => one.step === step && one.victim === victim)).padStart(2),
    );
    return `${String(at + 1).padStart(2)} ${cells.join(' ')}  ${step}`;
  });
  const letters = victims.map((_, at) => letter(at).padStart(2)).join(' ');
  return [heading, `   ${letters}`, ...rows].join('\n');
}

const letter = (at: number): string => String.fromCodePoint(65 + at);

function cell(fates: readonly Fate[]): string {
  const killed = fates.filter(({ came }) => came === 'killed').length;
  const [first] = fates;
  if (killed > 0 || first === undefined) return killed === 0 ? '' : String(killed);
  return marks[first.came];
}

import type { RouteAccess } from '../../src/api/door.ts';

/** What a route answered: how often with each class of status. */
export interface Answered {
  /** The operation. */
  readonly name: string;
  /** `2xx` and so on. */
  readonly by: Readonly<Record<string, number>>;
}

interface Counted {
  readonly values: readonly { readonly labels: Readonly<Record<string, unknown>>; readonly value: number }[];
}

const classes = ['2xx', '3xx', '4xx', '5xx'] as const;

/** By operation, out of what the control plane counts of itself. */
export function answeredBy(routes: readonly RouteAccess[], { values }: Counted): readonly Answered[] {
  return routes.flatMap(({ id, method, path }) => {
    if (id === null) return [];
    const own = values.filter(({ labels }) => labels['method'] === method && labels['route'] === path);
    const by: Record<string, number> = {};
    for (const { labels, value } of own) {
      const status = `${String(labels['status'])[0]}xx`;
      by[status] = (by[status] ?? 0) + value;
    }
    return [{ name: id, by }];
  });
}

export const neverAccepted = (answered: readonly Answered[]): readonly string[] =>
  answered.filter(({ by }) => (by['2xx'] ?? 0) === 0).map(({ name }) => name);

export function answeredTable(answered: readonly Answered[]): string {
  const width = Math.max(...answered.map(({ name }) => name.length));
  const line = (name: string, cells: readonly (string | number)[]): string =>
    [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(7))].join('');
  const rows = answered.map(({ name, by }) =>
    line(
      name,
      classes.map((one) => by[one] ?? ''),
    ),
  );
  const all = classes.map((one) => answered.reduce((sum, { by }) => sum + (by[one] ?? 0), 0));
  return [line('operation', classes), ...rows, line('all', all)].join('\n');
}

import type { RouteAccess } from '../../src/api/door.ts';

/** What a route answered: how often with each class of status. */
export interface Answered {
  /** The operation. */
  readonly id: string;
  readonly method: string;
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
    return [{ id, method, by }];
  });
}

export const neverAccepted = (answered: readonly Answered[]): readonly Answered[] =>
  answered.filter(({ by }) => (by['2xx'] ?? 0) === 0);

export function answeredTable(answered: readonly Answered[]): string {
  const width = Math.max(...answered.map(({ id }) => id.length));
  const line = (name: string, cells: readonly (string | number)[]): string =>
    [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(7))].join('');
  const rows = answered.map(({ id, by }) =>
    line(
      id,
      classes.map((one) => by[one] ?? ''),
    ),
  );
  const all = classes.map((one) => answered.reduce((sum, { by }) => sum + (by[one] ?? 0), 0));
  return [line('operation', classes), ...rows, line('all', all)].join('\n');
}

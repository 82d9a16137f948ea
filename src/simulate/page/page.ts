import type { ServiceName } from '../../domain/ids.ts';
import { spanText } from '../../domain/wording.ts';
import { endedText } from '../expectation.ts';
import type { Played } from '../played.ts';
import { type Bin, binsOf, faredOver } from './bins.ts';
import { escaped } from './escaped.ts';
import { clock, type Line, type Mark, type Plot, plotSvg } from './plot.ts';

/** A run as one page that needs nothing beside it: plots, and the timeline. No script; nothing is loaded from anywhere. */
export function pageOf(played: Played): string {
  const { title, about, ended, met, timeline } = played;
  const rows = timeline.map(
    ({ atMs, kind, tone, message }) =>
      `<tr class="${tone}"><td>${clock(atMs)}</td><td>${kind}</td><td>${escaped(message)}</td></tr>`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escaped(title)}</h1>`,
    about === null ? '' : `<p>${escaped(about)}</p>`,
    `<p class="faint">${escaped(`${played.name}: ${played.release} to ${played.to}, seed ${played.seed}`)}</p>`,
    `<p><strong>${escaped(endedText(ended))}</strong> after ${spanText(ended.atMs)}. ${met.requests} requests met the new version, ${met.failed} of them failed; beside it ${met.stableFailed} of ${met.stableRequests}.</p>`,
    '<p class="key"><span class="candidate">new version</span> <span class="stable">version beside it</span> <span class="limit">limit</span></p>',
    ...plots(played),
    `<table><thead><tr><th>Time</th><th></th><th>What happened</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
    '</main></body></html>\n',
  ].join('\n');
}

function plots({ points, timeline, limits, tookMs }: Played): readonly string[] {
  const bins = binsOf(points);
  if (bins.length === 0) return [];
  const marks: readonly Mark[] = timeline.map(({ atMs, tone, message }) => ({ atMs, tone, text: message }));
  const common = { marks, toMs: tookMs };
  const services = Object.keys(bins[0]?.services ?? {}) as ServiceName[];
  const weight: Line = {
    name: 'share of the requests',
    style: 'weight',
    values: bins.map(({ toMs, percent }) => ({ atMs: toMs, value: percent })),
  };
  return [
    plotSvg({ ...common, title: 'Share of the requests', lines: [weight], limit: null, unit: percentText }),
    ...services.flatMap((service) => [
      plotSvg({
        ...common,
        title: `${service}: failed requests`,
        lines: both(bins, service, 'errorRatio'),
        limit:
          limits === null
            ? null
            : { name: `limit ${ratioText(limits.errorLimit)}`, value: limits.errorLimit },
        unit: ratioText,
      }),
      plotSvg({
        ...common,
        title: `${service}: p95`,
        lines: both(bins, service, 'p95Ms'),
        limit: slowLimit(limits, faredOver(points, service, 'stable').p95Ms),
        unit: (ms) => `${ms.toFixed(0)} ms`,
      }),
    ]),
  ];
}

/** Drawn at the p95 that the version beside it had over the whole run: the judge takes what it had by then. */
function slowLimit(limits: Played['limits'], stableP95Ms: number | null): Plot['limit'] {
  if (limits === null || stableP95Ms === null) return null;
  const { latencyFactor } = limits;
  return { name: `limit ${latencyFactor} × the p95 beside it`, value: latencyFactor * stableP95Ms };
}

const both = (bins: readonly Bin[], service: ServiceName, what: 'errorRatio' | 'p95Ms'): readonly Line[] =>
  (['stable', 'candidate'] as const).map((version) => ({
    name: version === 'candidate' ? 'new version' : 'version beside it',
    style: version,
    values: bins.map(({ toMs, services }) => ({
      atMs: toMs,
      value: services[service]?.[version][what] ?? null,
    })),
  }));

const percentText = (value: number): string => `${value.toFixed(0)} %`;
const ratioText = (value: number): string => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;

const style = `
:root { color-scheme: light dark; --ink: #1b1d22; --paper: #fff; --faint: #6b7280; --line: #d6d9df;
  --new: #b4470f; --old: #2563a8; --limit: #b3261e; --good: #1a7f4b; --warning: #9a6700; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ee; --paper: #14161a; --faint: #9aa1ad; --line: #353a44;
  --new: #ff9a5c; --old: #7fb2f0; --limit: #ff8a80; --good: #6fd3a0; --warning: #e3b341; --bad: #ff8a80; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
figure { margin: 1.2rem 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--faint); font-size: 11px; } .frame { fill: none; stroke: var(--line); }
path { fill: none; stroke-width: 1.6; } path.candidate { stroke: var(--new); } path.stable { stroke: var(--old); }
path.weight { stroke: var(--ink); } line.limit { stroke: var(--limit); stroke-dasharray: 5 4; }
.mark { stroke: var(--line); } .mark.good { stroke: var(--good); } .mark.warning { stroke: var(--warning); } .mark.bad { stroke: var(--bad); }
.faint, td:nth-child(2) { color: var(--faint); } .key span { margin-right: 1rem; }
.key .candidate { color: var(--new); } .key .stable { color: var(--old); } .key .limit { color: var(--limit); }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; }
td:first-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.good td:last-child { color: var(--good); } tr.warning td:last-child { color: var(--warning); } tr.bad td:last-child { color: var(--bad); }
`;

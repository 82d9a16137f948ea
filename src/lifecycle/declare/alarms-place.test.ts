import { describe, expect, it } from 'vitest';
import { parse, problemsOf } from '../../../test/kit/project-file.ts';

const file = (project: string, sit = ''): string => `rung: 1
project: shop
services:
  web: { run: [node, server.js], health: /healthz }
${project}
environments:
  dev: { tier: development, source: develop }
  sit: { tier: staging${sit} }
pipelines:
  main: [{ environment: dev }, { environment: sit }]
`;

describe('where alarms are asked for (REL-4)', () => {
  it('is said for the whole project or for one environment, each with its own name in it', () => {
    const { environments } = parse(
      file(
        'alarms: { prometheus: { url: "http://prometheus:9090/", labels: { env: "{environment}" } } }',
        `, alarms: { alertmanager: { url: "http://alerts:9093", matchers: ['env="{environment}"'] } }`,
      ),
    ).file;
    expect(environments).toMatchObject({
      dev: { alarms: [{ kind: 'prometheus', url: 'http://prometheus:9090', labels: { env: 'dev' } }] },
      sit: { alarms: [{ kind: 'alertmanager', url: 'http://alerts:9093', matchers: ['env="sit"'] }] },
    });
  });

  it.each<[string, string]>([
    ['url: "prometheus"', '"prometheus" is no address.'],
    ['url: "ftp://prometheus"', '"ftp://prometheus" is no address.'],
    [
      'url: "https://ada:secret@prometheus"',
      'A password stands in this address, where everybody can read it.',
    ],
    [
      'url: "http://prometheus:9090", token: { env: RUNG_ALARMS_TOKEN }',
      'Over plain http, anybody on the way could read the token.',
    ],
  ])('cannot be { %s }', (source, message) => {
    const problems = problemsOf(file(`alarms: { prometheus: { ${source} } }`));
    expect(problems).toHaveLength(1);
    expect(problems.join()).toContain(message);
  });

  it.each([
    'token: { env: PGPASSWORD }',
    'token: { file: ../key.json }',
    'token: secret',
    'labels: { "a b": c }',
  ])('names its token and never another secret: not { %s }', (words) => {
    const source = `alarms: { prometheus: { url: "https://prometheus", ${words} } }`;
    expect(problemsOf(file(source)).length).toBeGreaterThan(0);
  });
});

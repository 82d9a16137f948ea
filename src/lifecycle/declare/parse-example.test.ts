import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, problemsOf } from '../../../test/kit/project-file.ts';

describe('the example, broken in one place, says where and what to write', () => {
  let example: string;
  beforeAll(async () => {
    example = await readFile(new URL('../../../examples/ladder/rung.yaml', import.meta.url), 'utf8');
  });
  const name = 'lower case letters, digits and hyphens, starting with a letter, 40 at most';
  const duration = 'a number and a unit, for example `500ms`, `30s`, `5m`, `24h` or `7d`';

  it('is good as it stands', () => {
    expect(() => parse(example)).not.toThrow();
  });

  it.each([
    [
      'rung: 1\n',
      'rung: 2\n',
      '5:7 /rung The file is written for version 2 of the format, and this Rung reads version 1. | `rung: 1`, or a Rung that reads this file',
    ],
    ['rung: 1\n', '', '5:1  The key "rung" is missing. | `rung: 1`'],
    ['project: ladder', 'project: The Ladder', `6:10 /project "The Ladder" cannot stand here. | ${name}`],
    [
      'services:\n',
      'sevices:\n',
      '24:1 /sevices There is no key "sevices". Did you mean "services"? | services',
    ],
    [
      'tier: production',
      'tier: prodution',
      '58:11 /environments/prod/tier "prodution" cannot stand here. Did you mean "production"? | production',
    ],
    [
      'mirrors: prod',
      'mirrors: prd',
      '56:14 /environments/staging/mirrors There is no environment "prd". Did you mean "prod"? | prod',
    ],
    [
      '- environment: staging',
      '- environment: stagng',
      '68:20 /pipelines/main/2/environment There is no environment "stagng". Did you mean "staging"? | staging',
    ],
    [
      '- environment: staging',
      '- enviroment: staging',
      '68:7 /pipelines/main/2/enviroment There is no key "enviroment". Did you mean "environment"? | environment',
    ],
    [
      '- environment: staging',
      '- environment: test',
      '68:20 /pipelines/main/2/environment "test" stands in pipeline "main" already. | each environment once, so that there is one way into it',
    ],
    [
      'devops-lead, qa',
      'devops-led, qa',
      '78:34 /pipelines/main/3/approvals/from/1 There is no role "devops-led". Did you mean "devops-lead"? | devops-lead',
    ],
    [
      'count: 2',
      'count: 7',
      '76:16 /pipelines/main/3/approvals/count 7 people have to approve, but these roles have 5 between them. | 5 or fewer, or more members',
    ],
    [
      'distinct-roles: 2',
      'distinct-roles: 3',
      '77:25 /pipelines/main/3/approvals/distinct-roles 2 approvals from 4 roles cannot have 3 roles between them. | 2 or fewer',
    ],
    [
      'soak: 2s',
      'soak: 2 seconds',
      `74:17 /pipelines/main/3/gates/2/soak "2 seconds" cannot stand here. | ${duration}`,
    ],
    [
      '{ percent: 100 }',
      '{ percent: 50 }',
      '83:24 /pipelines/main/3/rollout/canary/1/percent The canary ends at 50 %. | `{ percent: 100 }` as the last step',
    ],
    [
      '{ percent: 100 }',
      '{ percent: 5 }',
      '83:24 /pipelines/main/3/rollout/canary/1/percent 5 % comes after 10 %, but the share only rises. | more than 10',
    ],
    [
      'percent: 10, for: 4s',
      'percent: 10',
      '82:13 /pipelines/main/3/rollout/canary/0 This step does not say how long it has to go well. | `{ percent: 10, for: 5m }`',
    ],
    [
      'errors: "> 5%"',
      'errors: > 5%',
      '86:23  This value starts with a character that means something to YAML. | quotes around it',
    ],
    [
      'errors: "> 5%"',
      'errors: "> 0%"',
      '86:23 /pipelines/main/3/rollout/rollback/0/errors A limit of no errors at all takes back every release. | `"> 1%"` or more',
    ],
    [
      'run: [node, server.js]',
      'run: node server.js',
      '27:10 /services/web/run "node server.js" stands here. | a list, for example `[node, server.js]`',
    ],
    [
      'path: services/web',
      'path: ../web',
      '26:11 /services/web/path This path may lead out of the repository. | a folder inside the repository, relative to this file, for example `services/web`',
    ],
    [
      'path: services/web',
      'path: /srv/web',
      '26:11 /services/web/path This path is absolute. | a folder inside the repository, relative to this file, for example `services/web`',
    ],
    [
      '    source: develop\n',
      '',
      '45:13 /environments/dev/deploy "dev" is deployed on a merge, but no branch is named. | `source: develop` beside it, or `deploy: manual`',
    ],
    [
      'source: develop',
      'source: rung/dev',
      "45:13 /environments/dev/source Branches under rung/ are Rung's own: they say what an environment should run. | a branch such as `develop`, or a pattern such as `release/v*`",
    ],
    [
      'owner: Quality',
      'ports: { wb: 80 }',
      '50:14 /environments/test/ports/wb There is no service "wb". Did you mean "web"? | web',
    ],
    [
      'owner: Quality',
      'ports: { web: 80, orders: 80 }',
      '50:31 /environments/test/ports/orders Port 80 belongs to web in test already. | a port of its own, or nothing for a free one',
    ],
    [
      'owner: Quality',
      'owner:',
      '50:11 /environments/test/owner Nothing stands here. | one line of text, 200 characters at most',
    ],
    [
      'owner: Quality',
      'reset: 1h\n    ttl: 1h',
      '51:5 /environments/test/ttl "test" cannot both be set back again and again and be removed. | `reset` for an environment that stays, or `ttl` for one that goes',
    ],
    [
      '    - environment: dev',
      '    - environment: dev\n      gates: [smoke]',
      '66:7 /pipelines/main/0/gates A gate here looks at the environment before this one, and there is none. | no `soak`, `smoke`, `validation`, `stability`, `alarms`, `uat` on the first step',
    ],
    [
      '[bo@example.org]',
      '[bo]',
      '14:15 /roles/devops-lead/members/0 "bo" cannot stand here. | an e-mail address, for example `ada@example.org`',
    ],
  ])('%j as %j', (good, bad, problem) => {
    expect(example).toContain(good);
    expect(problemsOf(example.replace(good, bad))).toEqual([problem]);
  });

  it('reports every problem at once, in the order of the lines', () => {
    const broken = example
      .replace('project: ladder', 'project: L')
      .replace('tier: production', 'tier: x')
      .replace('count: 2', 'count: 9')
      .replace('smoke: [node', 'smok: [node');
    expect(problemsOf(broken).map((line) => line.split(' ')[1])).toEqual([
      '/project',
      '/services/web/smok',
      '/environments/prod/tier',
      '/pipelines/main/3/approvals/count',
    ]);
  });
});

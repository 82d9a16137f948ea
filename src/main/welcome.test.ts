import { describe, expect, it } from 'vitest';
import type { ActorId } from '../domain/ids.ts';
import { parseProjectFile } from '../lifecycle/declare/parse.ts';
import { dataFolder } from './data-folder.ts';
import type { WaitingRules } from './rules-waiting.ts';
import { welcome } from './welcome.ts';

const { file } = parseProjectFile(
  new TextEncoder().encode(`
rung: 1
project: access
roles: { lead: { members: [ada@example.org] } }
services: { web: { path: web, run: [node, server.js], health: /healthz } }
environments: { dev: { tier: development, source: develop }, prod: { tier: production } }
pipelines: { main: [{ environment: dev }, { environment: prod }] }
`),
  'rung.yaml',
);

const laptop = {
  data: dataFolder('/home/ada/access/.rung'),
  address: { url: 'http://127.0.0.1:4100', project: 'access', pid: 1 },
  file,
  owner: 'ada@example.org' as ActorId,
};

const waiting = {
  environment: 'prod',
  proposal: {
    missingPeople: 2,
    missingRoles: 0,
    needed: 2,
    approvers: { kind: 'people', members: ['ada@example.org', 'bo@example.org'], roles: [], contacts: [] },
  },
} as unknown as WaitingRules;

describe('what rung up says', () => {
  it('is where it is and what to do next', () => {
    expect(welcome(laptop, 'http://127.0.0.1:4100/in', [])).toMatchInlineSnapshot(`
      "
        access is up: dev → prod

        The board (works once):      http://127.0.0.1:4100/in
        Another link, any time:      rung open

        Bring in what you have:      git push /home/ada/access/.rung/repository.git HEAD:develop
        How it stands:               rung status
        Who you are here:            ada@example.org (this machine's Git says so)
        Address of the API:          http://127.0.0.1:4100

        Ctrl-C stops everything and keeps the data in /home/ada/access/.rung
      "
    `);
  });

  it('names an environment for which the project file is not in force, who is missing, and what they type (INF-7)', () => {
    expect(welcome(laptop, 'http://127.0.0.1:4100/in', [waiting])).toContain(
      `access is up: dev → prod

  Not in force for prod:       a weaker project file waits: 2 approvals missing of 2
  Agree to it:                 rung rules approve prod, by ada@example.org or bo@example.org
  What it would change:        rung rules show prod

  The board`,
    );
  });
});

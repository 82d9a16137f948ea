import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { pipelineFindings } from './pipeline-meaning.ts';

const roles = {
  lead: { members: ['ada@example.org', 'bo@example.org'] },
  qa: { members: ['Ada@example.org'] },
  ops: { members: ['cy@example.org'] },
  nobody: { members: [] },
  odd: { members: ['ada@example.org', 7] },
};
const environments = { dev: {}, sit: {}, prod: {} };

const found = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ on, pointer }) => `${on} ${pointer}`);

const inPipelines = (pipelines: object, others: object = {}): readonly Finding[] =>
  pipelineFindings({ roles, environments: { ...environments, ...others }, pipelines });

/** Of the second step of a pipeline, which goes into production. */
const ofStep = (step: object): readonly Finding[] =>
  inPipelines({ main: [{ environment: 'dev' }, { environment: 'prod', ...step }] });

describe('the order of a pipeline', () => {
  it('has each environment once, in all pipelines together, and names the pipeline that has it', () => {
    const [again, ...others] = inPipelines({
      main: [{ environment: 'dev' }, { environment: 'prod' }],
      hotfix: [{ environment: 'sit' }, { environment: 'prod' }],
    });
    expect(others).toEqual([]);
    expect(again).toMatchObject({ on: 'value', pointer: '/pipelines/hotfix/1/environment' });
    expect(again?.message).toContain('"main"');
  });

  it('is of environments that are there, and of steps that name one', () => {
    const findings = inPipelines({ main: [{ environment: 'dve' }, {}, { environment: 'toString' }] });
    expect(found(findings)).toEqual([
      'value /pipelines/main/0/environment',
      'value /pipelines/main/2/environment',
    ]);
    expect(findings[0]?.instead).toBe('dev');
    expect(findings[0]?.message).toContain('environment "dve"');
  });

  it('lets no environment follow by itself before which nothing comes', () => {
    const automatic = { deploy: 'automatic' };
    expect(
      found(inPipelines({ main: [{ environment: 'dev' }, { environment: 'sit' }] }, { dev: automatic })),
    ).toEqual(['value /environments/dev/deploy']);
    expect(
      found(inPipelines({ main: [{ environment: 'dev' }, { environment: 'sit' }] }, { sit: automatic })),
    ).toEqual([]);
    expect(
      found(inPipelines({ main: [{ environment: 'dev' }] }, { dev: { deploy: 'on-merge' }, sit: automatic })),
    ).toEqual([]);
  });

  it('says of what is there twice that alone', () => {
    const pipelines = { main: [{ environment: 'dev' }, { environment: 'sit' }], b: [{ environment: 'sit' }] };
    expect(found(inPipelines(pipelines, { sit: { deploy: 'automatic' } }))).toEqual([
      'value /pipelines/b/0/environment',
    ]);
  });
});

describe('who approves', () => {
  it.each<[object, readonly string[]]>([
    [{ from: ['lead'] }, []],
    [{ from: ['lead', 7] }, []],
    [{ from: [] }, []],
    [{ from: ['lead', 'led'] }, ['value from/1']],
    [{ from: ['toString'] }, ['value from/0']],
    [{ from: ['lead', 'qa', 'lead'] }, ['value from/2']],
    [{ from: ['led', 'lead', 'lead'], count: 9 }, ['value from/0', 'value from/2']],
    [{ from: ['lead'], count: 2 }, []],
    [{ from: ['lead'], count: 3 }, ['value count']],
    [{ from: ['lead', 'ops'], count: 3 }, []],
    [{ from: ['nobody'], count: 2 }, []],
    [{ from: ['odd'], count: 2 }, ['value count']],
    [{ from: ['lead', 'ops'], count: 2, 'distinct-roles': 2 }, []],
    [{ from: ['lead', 'ops'], 'distinct-roles': 2 }, ['value distinct-roles']],
    [{ from: ['lead', 'ops'], count: 3, 'distinct-roles': 3 }, ['value distinct-roles']],
    [{ from: ['lead'], count: 4, 'distinct-roles': 2 }, ['value count', 'value distinct-roles']],
    [{ from: [], count: 2, 'distinct-roles': 2 }, []],
  ])('is there, and can be reached: %j', (approvals, expected) => {
    const at = expected.map((one) => one.replace(' ', ' /pipelines/main/1/approvals/'));
    expect(found(ofStep({ approvals }))).toEqual(at);
  });

  it('is told which role is not there', () => {
    const [finding] = ofStep({ approvals: { from: ['led'] } });
    expect(finding?.instead).toBe('lead');
    expect(finding?.message).toContain('role "led"');
  });

  it('is counted as people, however their addresses are written', () => {
    const [finding] = ofStep({ approvals: { from: ['lead', 'qa'], count: 3 } });
    expect(finding?.instead).toContain('2 or fewer');
  });

  it('is told how many different roles there could be', () => {
    const [few] = ofStep({ approvals: { from: ['lead', 'ops'], count: 3, 'distinct-roles': 3 } });
    expect(few?.instead).toContain('2');
    const [one] = ofStep({ approvals: { from: ['lead', 'ops'], count: 1, 'distinct-roles': 2 } });
    expect(one?.instead).toContain('1');
    expect(one?.message).toContain('1 approval from 2 roles');
  });
});

describe('the emergency way in', () => {
  it.each<[object, readonly string[]]>([
    [{ from: ['lead'] }, []],
    [{ from: ['lead'], second: ['ops'] }, []],
    [{ from: ['ops'] }, ['value ']],
    [{ from: ['ops'], second: ['ops'] }, ['value ']],
    [{ from: ['ops'], second: ['lead'] }, []],
    [{ from: ['qa'], second: ['lead'] }, []],
    [{ from: ['lead'], second: ['qa'] }, []],
    [{ from: ['ops'], second: ['nobody'] }, ['value ']],
    [{ from: ['nobody'], second: ['ops'] }, []],
    [{ from: ['op'] }, ['value /from/0']],
    [{ from: ['ops'], second: ['op'] }, ['value /second/0']],
    [{ from: ['lead', 'lead'] }, ['value /from/1']],
    [{ from: [7] }, []],
  ])('needs somebody who could be the second person: %j', (emergency, expected) => {
    const at = expected.map((one) => one.replace(' ', ' /pipelines/main/1/emergency'));
    expect(found(ofStep({ emergency }))).toEqual(at);
  });

  it('knows one person by one address, whichever letters are capitals', () => {
    expect(
      found(
        pipelineFindings({
          roles: { a: { members: ['ada@example.org'] }, b: { members: ['ADA@example.org'] } },
          environments,
          pipelines: { main: [{ environment: 'prod', emergency: { from: ['a'], second: ['b'] } }] },
        }),
      ),
    ).toEqual(['value /pipelines/main/0/emergency']);
  });
});

describe('who may let a gate pass', () => {
  it('is a role that is there, once', () => {
    expect(found(ofStep({ waive: ['lead', 'qa'] }))).toEqual([]);
    expect(found(ofStep({ waive: ['qa', 'led', 'qa'] }))).toEqual([
      'value /pipelines/main/1/waive/1',
      'value /pipelines/main/1/waive/2',
    ]);
  });
});

describe('a step', () => {
  it('is told what is wrong with its gates and its rollout', () => {
    const step = { gates: ['smoke', 'smoke'], rollout: { canary: [{ percent: 50 }] } };
    expect(found(ofStep(step))).toEqual([
      'value /pipelines/main/1/gates/1',
      'value /pipelines/main/1/rollout/canary/0/percent',
    ]);
  });

  it('looks back at nothing where it is the first', () => {
    expect(found(inPipelines({ main: [{ environment: 'dev', gates: ['smoke'] }] }))).toEqual([
      'key /pipelines/main/0/gates',
    ]);
  });
});

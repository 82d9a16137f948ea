import { describe, expect, it } from 'vitest';
import { digestOf, digestOfJson } from './canonical.ts';
import {
  currentDeployment,
  deploymentOf,
  type Environment,
  previousRelease,
  ranForMs,
  releaseIn,
} from './environment.ts';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from './environment.kit.ts';
import { instant, later, type ServiceName } from './ids.ts';
import { isThere, movesOf, planOf, removedBy, startsNothing, variantsOf } from './plan.ts';
import { settled } from './settle.ts';

const minuteMs = 60_000;
const one = aReleaseOf('1.0.0', { web: 'web 1', orders: 'orders 1' });
const two = aReleaseOf('1.1.0', { web: 'web 2', orders: 'orders 1' });
const three = aReleaseOf('1.2.0', { web: 'web 3', orders: 'orders 3' });
const web = ['web' as ServiceName];
const orders = ['orders' as ServiceName];

/** What came in, each a minute after the one before. */
function after(...came: (typeof one | [typeof one, readonly ServiceName[]])[]): Environment {
  return came.reduce<Environment>((environment, each, index) => {
    const [release, services] = Array.isArray(each) ? each : [each, undefined];
    const promotion = aPromotionOf(release, services);
    return settled(environment, promotion, release, 'passed', instant(index * minuteMs));
  }, anEmptyEnvironment);
}

describe('what runs in an environment (REL-6)', () => {
  it('is nothing as long as nothing came', () => {
    expect(releaseIn(anEmptyEnvironment)).toBeNull();
    expect(previousRelease(anEmptyEnvironment)).toBeNull();
  });

  it('is the newest release as a whole, though some of its artifacts were there before', () => {
    const environment = after(one, two);
    expect(releaseIn(environment)).toBe(two.id);
    expect(environment.stable[orders[0] as ServiceName]?.version).toBe('1.1.0');
    expect(environment.deployments.map(({ version, until }) => [version, until])).toEqual([
      ['1.0.0', minuteMs],
      ['1.1.0', null],
    ]);
  });

  it('is no release as a whole once one service went back', () => {
    const environment = after(one, three, [one, orders]);
    expect(releaseIn(environment)).toBeNull();
    expect(currentDeployment(environment)).toBeNull();
    expect(environment.deployments.map(({ version, isPartial }) => [version, isPartial])).toEqual([
      ['1.0.0', false],
      ['1.2.0', false],
      ['1.0.0', true],
    ]);
  });

  it('is whole again when the other service went back, too', () => {
    expect(releaseIn(after(one, three, [one, orders], [one, web]))).toBe(one.id);
  });

  it('is known of a service that its newest release no longer brings', () => {
    const slim = aReleaseOf('2.0.0', { web: 'web 4' });
    expect(releaseIn(after(one, slim))).toBe(slim.id);
  });

  it('counts time as a whole only: not while another release ran one of its services', () => {
    const environment = after(one, three, [one, orders], three);
    const now = later(instant(0), 10 * minuteMs);
    expect(ranForMs(environment, one.id, now)).toBe(minuteMs);
    expect(ranForMs(environment, three.id, now)).toBe(minuteMs + 7 * minuteMs);
    expect(deploymentOf(environment, one.id)?.since).toBe(0);
  });

  it('voids what an operator said about it with every change', () => {
    const said = {
      release: one.id,
      by: { kind: 'automation', rule: 'r' },
      at: instant(0),
      note: '',
    } as const;
    const environment = { ...after(one), validation: said };
    expect(settled(environment, aPromotionOf(two), two, 'none', instant(1)).validation).toBeNull();
  });

  it('is nothing once what ran was ended', () => {
    const ran = after(one);
    const deployments = ran.deployments.map((each) => Object.assign({}, each, { until: instant(1) }));
    expect(currentDeployment({ ...ran, deployments })).toBeNull();
  });

  it('tells of a release that came twice when it came last', () => {
    expect(deploymentOf(after(one, two, one), one.id)?.since).toBe(2 * minuteMs);
    expect(deploymentOf(after(one, two), three.id)).toBeNull();
  });

  it('is without a service that the promotion takes out', () => {
    const slim = aReleaseOf('2.0.0', { web: 'web 4' });
    const environment = after(one, [slim, [...web, ...orders]]);
    expect(Object.keys(environment.stable)).toEqual(['web']);
    expect(environment.deployments.at(-1)).toMatchObject({ services: web, isPartial: false });
  });

  it('remembers the latest 100', () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      aReleaseOf(`1.${index}.0`, { web: `web ${index}` }),
    );
    const { deployments } = after(...many);
    expect(deployments).toHaveLength(100);
    expect(deployments.at(-1)?.version).toBe('1.119.0');
  });
});

describe('the release before (REL-10)', () => {
  it('is what ran as a whole before', () => {
    expect(previousRelease(after(one, two, three))).toBe(two.id);
  });

  it('is none that ran in part', () => {
    expect(previousRelease(after(one, [two, web], three))).toBe(one.id);
  });

  it('is that of what runs, not of a service that runs nothing', () => {
    expect(previousRelease(after(one, two), [...web, 'mail' as ServiceName])).toBe(one.id);
    expect(previousRelease(after(one, two), ['mail' as ServiceName])).toBeNull();
  });

  it('is a step further back after each rollback, and never forward again', () => {
    expect(previousRelease(after(one, two, three, two))).toBe(one.id);
    expect(previousRelease(after(one, two, three, two, one))).toBeNull();
  });

  it('is asked for each service: what went back alone is a step further back', () => {
    const environment = after(one, three, [one, orders]);
    expect(previousRelease(environment, web)).toBe(one.id);
    expect(previousRelease(environment, orders)).toBeNull();
    expect(previousRelease(environment)).toBe(one.id);
  });
});

describe('a plan', () => {
  it('replaces what differs, keeps what does not, and adds what is new', () => {
    const extended = aReleaseOf('1.3.0', { web: 'web 2', orders: 'orders 1', mail: 'mail 1' });
    const { changes } = planOf(after(one), extended);
    expect(changes.map(({ service, action }) => [service, action])).toEqual([
      ['web', 'replace'],
      ['orders', 'keep'],
      ['mail', 'add'],
    ]);
    const moved = movesOf(after(one), variantsOf(extended)).map(({ service, from }) => [
      service,
      from?.version,
    ]);
    expect(moved).toEqual([
      ['web', '1.0.0'],
      ['mail', undefined],
    ]);
  });

  it('removes what the release no longer brings, unless only some services are asked for', () => {
    const fewer = aReleaseOf('1.3.0', { web: 'web 2' });
    const { changes, hash } = planOf(after(one), fewer);
    expect(changes.map(({ service, action, to }) => [service, action, to?.version])).toEqual([
      ['web', 'replace', '1.3.0'],
      ['orders', 'remove', undefined],
    ]);
    expect(hash).not.toBe(planOf(after(one), fewer, web).hash);
    expect(planOf(after(one), fewer, web).changes).toHaveLength(1);
  });

  it('removes a service that is asked for, where the release no longer brings it', () => {
    const fewer = aReleaseOf('1.3.0', { web: 'web 2' });
    expect(planOf(after(one), fewer, orders).changes).toMatchObject([
      { service: 'orders', action: 'remove' },
    ]);
    expect(removedBy(planOf(after(one), fewer))).toEqual(orders);
    expect(removedBy(planOf(after(one), fewer, web))).toEqual([]);
  });

  it('starts from what serves, by release and service: the same artifacts of another one are another base', () => {
    const rebuilt = aReleaseOf('1.0.0', { web: 'web 1', orders: 'orders 1' }, digestOf('another tree'));
    const [plan, other] = [planOf(after(one), two), planOf(after(rebuilt), two)];
    expect(other.changes).toEqual(plan.changes);
    expect(other.base).not.toBe(plan.base);
    expect(other.hash).not.toBe(plan.hash);
    expect(planOf(anEmptyEnvironment, two).base).toBe(digestOfJson({ web: null, orders: null }));
  });

  it.each([
    ['nothing where all serves', two, after(two), true],
    ['nothing where a service goes', aReleaseOf('3.0.0', { web: 'web 2' }), after(two), true],
    ['something where an artifact is another', two, after(one), false],
    ['something where nothing serves', two, anEmptyEnvironment, false],
  ])('starts %s', (_, release, environment, nothing) => {
    expect(startsNothing(planOf(environment, release))).toBe(nothing);
  });

  it('has the same hash whenever an approver would look at the same thing', () => {
    const environment = after(one);
    const hash = (of: Environment): string => planOf(of, two).hash;
    const observed = { ...environment, revision: 9, validation: null, deployments: [] };
    expect(hash(observed)).toBe(hash(environment));
  });

  it('has another hash for another release, another base, another environment, or fewer services', () => {
    const environment = after(one);
    const hashes = [
      planOf(environment, two),
      planOf(environment, three),
      planOf(after(one, three), two),
      planOf({ ...environment, id: 'another' as Environment['id'] }, two),
      planOf(environment, two, web),
    ].map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('finds a release there when it runs under this name, and not when only its artifacts do', () => {
    const rebuilt = aReleaseOf('1.0.1', { web: 'web 1', orders: 'orders 1' }, digestOf('another tree'));
    expect(isThere(after(one), variantsOf(one))).toBe(true);
    expect(isThere(after(one), variantsOf(rebuilt))).toBe(false);
    expect(movesOf(after(one), variantsOf(rebuilt))).toEqual([]);
    expect(isThere(after(one, [three, orders]), variantsOf(one))).toBe(false);
    expect(isThere(after(one, [three, orders]), variantsOf(one, web))).toBe(true);
    const [[service, variant] = []] = variantsOf(one);
    if (service === undefined || variant === undefined) throw new Error('no variant');
    const damaged = new Map([[service, { ...variant, artifact: digestOf('another') }]]);
    expect(isThere(after(one), damaged)).toBe(false);
  });
});

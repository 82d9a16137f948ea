import { expect, it } from 'vitest';
import type { CurvePoint } from '../../api/views.ts';
import { curveData } from './curve-data.ts';

const point = (at: number, candidateErrorRatio: number): CurvePoint => ({
  at,
  percent: 10,
  services: {
    web: { candidateErrorRatio, stableErrorRatio: 0, candidateP95Ms: null, stableP95Ms: null },
  },
});
const errorsOf = (curve: readonly CurvePoint[]) =>
  curveData(curve, 'web', 'candidateErrorRatio', 'stableErrorRatio');

it('leaves a gap in the line where nobody measured', () => {
  const { at, candidate, stable } = errorsOf([point(0, 0.1), point(500, 0.2), point(9000, 0.3)]);
  expect(at).toEqual([0, 500, 501, 9000]);
  expect(candidate).toEqual([0.1, 0.2, null, 0.3]);
  expect(stable).toEqual([0, 0, null, 0]);
});

it('draws through a sample that came late, however far apart samples are', () => {
  const minutes = [0, 60_000, 120_000, 210_000].map((at) => point(at, 0));
  expect(errorsOf(minutes).candidate).toEqual([0, 0, 0, 0]);
});

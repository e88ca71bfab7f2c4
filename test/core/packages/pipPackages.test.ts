import { expect, test } from 'vitest';
import { pipPackages } from '../../../src/core/packages/pipPackages.ts';
import { aResolvedTemplate } from '../template/builders.ts';

const pipOf = (...pip: string[]) =>
  pipPackages(aResolvedTemplate({ packages: { system: [], apt: [], dnf: [], conda: [], pip } }));

test('what pip may choose the version of, by the name the index knows', () => {
  expect(
    pipOf('Typing_Extensions', 'uvicorn[standard]>=0.30', 'torch==2.4.*', 'numpy>=1,!=2.0', 'numpy'),
  ).toEqual(['numpy', 'torch', 'typing-extensions', 'uvicorn']);
});

test.each(['numpy==2.1.0', 'numpy===2.1.0', 'numpy>=2,==2.1.0', 'uvicorn[standard]==0.30'])(
  '%s stays what it is however often it is built',
  (spec) => {
    expect(pipOf(spec)).toEqual([]);
  },
);

test('ready-made AMIs install nothing', () => {
  const packages = { system: [], apt: [], dnf: [], conda: [], pip: ['numpy'] };
  expect(pipPackages(aResolvedTemplate({ packageManager: 'ami', packages }))).toEqual([]);
});

import { expect, test } from 'vitest';
import { parseNamedVersion } from '../../../../src/core/evidence/versions/nevra.ts';
import {
  compareVersions,
  isOlder,
  PACKAGE_FORMATS,
} from '../../../../src/core/evidence/versions/packageVersion.ts';
import { numbers } from '../../numbers.ts';
import { spoil } from '../../spoil.ts';

const PAIRS = 60_000;
const LONGEST_MS = 2_000;

const VERSIONS = {
  rpm: [
    '1:6.1.159-182.297.amzn2023',
    '3.2.2-1.amzn2023.0.2',
    '0:2.10.4~rc1-1.el9_4.1',
    '1.0^git20240101-3.fc40',
    '20260105.0-1',
    '8.5p1',
  ],
  deb: ['3.0.13-0ubuntu3.4', '2:8.2.3995-1ubuntu2.17', '1.0~rc1-1', '5.2.15-2+b2', '6.8.0-40.40', '1.2.3'],
} as const;

test.each(PACKAGE_FORMATS)(
  `%s: ${PAIRS} pairs of spoilt versions are ordered, and alike both ways`,
  (format) => {
    const next = numbers(format.length * 104_729);
    const version = () => {
      const valid = VERSIONS[format][next(VERSIONS[format].length)] ?? '';
      return next(5) === 0 ? valid : spoil(valid, next);
    };
    let slowest = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const [a, b] = [version(), version()];
      const start = performance.now();
      const [there, back] = [compareVersions(format, a, b), compareVersions(format, b, a)];
      const told = isOlder(format, a, b, pair % 2 === 0);
      slowest = Math.max(slowest, performance.now() - start);
      if (there + back !== 0 || ![-1, 0, 1].includes(there) || typeof told !== 'boolean')
        throw new Error(`${JSON.stringify([a, b])}: ${there}, ${back}`);
      if (compareVersions(format, a, a) !== 0) throw new Error(`${JSON.stringify(a)} is not itself`);
    }
    expect(slowest).toBeLessThan(LONGEST_MS);
  },
);

test(`${PAIRS} spoilt names of packages with versions are read or refused`, () => {
  const next = numbers(15_485_863);
  const valid = [
    'kernel-1:6.1.159-182.297.amzn2023',
    'perl-File-Temp-1:0.231.100-2.amzn2023.0.2',
    'bash-5.2.15-1',
  ];
  for (let count = 0; count < PAIRS; count += 1) {
    const text = spoil(valid[count % valid.length] ?? '', next);
    const named = parseNamedVersion(text);
    if (named !== undefined && !text.includes(named.name)) throw new Error(JSON.stringify([text, named]));
  }
});

import { expect, test } from 'vitest';
import {
  regionBuildAnswer as regionBuildSchema,
  amiAnswer as amiSchema,
  attemptAnswer as attemptSchema,
} from '../../../src/api/answers.ts';
import {
  baseImageSummary as baseSchema,
  updateAnswer as updateSchema,
  templateAnswer as templateSchema,
} from '../../../src/api/answers.ts';
import { baseImageSummary, updateAnswer } from '../../../src/api/present/baseImages.ts';
import { attemptAnswer, regionBuildAnswer } from '../../../src/api/present/builds.ts';
import { amiAnswer } from '../../../src/api/present/images.ts';
import { policyProblem, policyWarning, templateProblem } from '../../../src/api/present/problems.ts';
import { templateAnswer } from '../../../src/api/present/templates.ts';
import type { TrackedBaseImage } from '../../../src/core/base-images/trackedBaseImage.ts';
import { aRegionBuild, BROKEN, BUILT, FACTS, NOW, UPDATE } from '../../core/notices/facts.ts';
import { BARE } from '../../core/template/builders.ts';

const SAID = { at: NOW, by: 'ada', reason: 'broken' };
const DEFINITION = { ...BARE, slug: 'python-ml', name: 'Python' };
const RECORD = { slug: 'python-ml', revision: 2, definition: DEFINITION, changedAt: NOW, changedBy: 'ada' };
const SOURCES: readonly TrackedBaseImage['source'][] = [
  { kind: 'parameter', names: { x86_64: '/aws/service/a' } },
  { kind: 'own-parameter', names: { x86_64: '/golden/a', arm64: '/golden/b' } },
  { kind: 'filter', owner: '679593333241', patterns: { x86_64: 'ubuntu-*' } },
];
const trackedBase = (source: TrackedBaseImage['source']): TrackedBaseImage => ({
  name: 'ubuntu-22.04',
  title: 'Ubuntu 22.04',
  family: 'ubuntu',
  source,
  packageManager: 'apt',
  evidence: [],
});

test('records become answers of the contract', () => {
  const waiting = { at: NOW, rule: 'window', because: 'it is day' };
  for (const build of [aRegionBuild(), BUILT, BROKEN])
    expect(regionBuildSchema.parse(regionBuildAnswer(build, { waiting, startsAt: NOW }))).toMatchObject({
      id: build.id,
    });
  expect(amiSchema.parse(amiAnswer(FACTS['ami-promoted'].ami, '/p'))).toMatchObject({
    parameter: '/p',
    publishedAt: null,
  });
  expect(updateSchema.parse(updateAnswer(UPDATE))).toMatchObject({ release: UPDATE.release });
  const { base, release, firstSeenAt, observations } = UPDATE;
  const unassessed = { base, release, firstSeenAt, observations };
  expect(updateSchema.parse(updateAnswer(unassessed)).assessment).toBeNull();
  expect(
    attemptSchema.parse(
      attemptAnswer({
        regionBuild: BUILT.id,
        region: 'us-east-1',
        attempt: 1,
        state: 'held',
        reservation: BUILT.grant!.reservation,
        slot: 0,
        grantedAt: NOW,
      }),
    ),
  ).toMatchObject({ reserved: 412_300, cost: null });
  expect(
    templateSchema.parse(templateAnswer({ ...RECORD, paused: SAID, kept: { since: NOW, because: 'asked' } })),
  ).toMatchObject({
    paused: { by: 'ada' },
    disabled: null,
    version: null,
  });
});

test.each([
  [0, 'public parameter /aws/service/a'],
  [1, 'own parameter /golden/a, /golden/b'],
  [2, 'images of 679593333241 named ubuntu-*'],
])('source %i in words: %s', (index, words) => {
  const known = { pointers: [], lastUpdate: UPDATE, templates: ['python-ml'] };
  const answer = baseSchema.parse(baseImageSummary(trackedBase(SOURCES[index]!), known));
  expect(answer.source).toBe(words);
  expect(answer.lastUpdate).toEqual({
    release: UPDATE.release,
    firstSeenAt: '2026-11-24T22:00:00.000Z',
    type: 'security',
    level: 'high',
  });
});

test('an outlook that says nothing leaves nothing but null', () => {
  expect(regionBuildAnswer(aRegionBuild())).toMatchObject({
    waiting: null,
    startsAt: null,
    endsAt: null,
    imageArn: null,
  });
});

test('problems of policies and templates have one form', () => {
  const place = { source: 'p.yaml', line: 4, column: 2, path: 'a' };
  expect(policyProblem({ ...place, expected: 'dollars', found: '"x"', suggestion: null })).toEqual({
    file: 'p.yaml',
    line: 4,
    column: 2,
    path: 'a',
    message: 'found "x"',
    expected: 'dollars',
  });
  expect(policyWarning({ ...place, source: null, message: 'no zone', instead: 'UTC is taken' })).toEqual({
    line: 4,
    column: 2,
    path: 'a',
    message: 'no zone: UTC is taken',
  });
  expect(
    templateProblem({
      file: 't.yaml',
      line: 1,
      column: 1,
      path: '',
      message: 'empty',
      suggestion: 'write one',
    }),
  ).toEqual({
    file: 't.yaml',
    line: 1,
    column: 1,
    path: '',
    message: 'empty',
    suggestion: 'write one',
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatedAssessment, Observation } from '../../../src/core/base-images/pointer.ts';
import { isMoreUrgent } from '../../../src/core/evidence/advisory.ts';
import { assess } from '../../../src/core/evidence/assess.ts';
import type { Assessment } from '../../../src/core/evidence/assessment.ts';
import { assessmentWith } from '../../../src/core/evidence/assessmentWith.ts';
import { stepKey } from '../../../src/core/evidence/comparisons.ts';
import { aComparison, aFixedAdvisory, someFindings } from './builders.ts';

const NOW = Date.UTC(2026, 10, 24);

const aStep = (architecture: Observation['architecture'], from = '1'): Observation => ({
  base: 'amazon-linux-2023',
  release: '2',
  region: 'us-east-1',
  architecture,
  previousImageId: `ami-${from}`,
  previousImageName: `al2023-${from}`,
  previousRelease: from,
  imageId: 'ami-2',
  imageName: 'al2023-2',
  seenAt: NOW,
});

const found = (findings: Parameters<typeof someFindings>[0]): Assessment =>
  assess(aComparison(), someFindings(findings));

const nothingKnown = found({ changes: null, fixed: null, gaps: ['nobody answered'] });
const harmless = found({ fixed: [] });
const low = found({ fixed: [aFixedAdvisory({ level: 'low' })] });
const critical = found({ fixed: [aFixedAdvisory({ id: 'ALAS2023-2026-2', level: 'critical' })] });

const [x86, arm, late] = [aStep('x86_64'), aStep('arm64'), aStep('x86_64', '0')];

/** Each step kept by itself, one after the other. */
const inTurn = (
  steps: readonly { readonly step: Observation; readonly assessment: Assessment }[],
  before?: DatedAssessment,
) => steps.reduce<DatedAssessment | undefined>((kept, each) => assessmentWith(kept, each, NOW), before)!;

const anyFinding = fc.constantFrom(nothingKnown, harmless, low, critical);

describe('steps that are kept one after the other', () => {
  test('come to what all of them are', () => {
    const both = inTurn([
      { step: x86, assessment: low },
      { step: arm, assessment: critical },
    ]);
    expect(both).toMatchObject({ type: 'security', level: 'critical', confidence: 'exact' });
    expect(both.advisories.map(({ id }) => id)).toEqual(['ALAS2023-2026-1', 'ALAS2023-2026-2']);
    expect(both.compared).toEqual([stepKey(x86), stepKey(arm)]);
    expect(both.verdicts?.[stepKey(x86)]).toMatchObject({ level: 'low', at: NOW });
  });

  test('make no difference by their order', () => {
    const verdict = ({ type, level, confidence, incomplete, cves }: Assessment) => ({
      ...{ type, level, confidence, incomplete, cves },
    });
    fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 3, maxLength: 3 }), (findings) => {
        const steps = [x86, arm, late].map((step, index) => ({ step, assessment: findings[index]! }));
        expect(verdict(inTurn(steps))).toEqual(verdict(inTurn(steps.toReversed())));
      }),
    );
  });

  test('never make the update look less urgent, nor surer', () => {
    const sure = ['unknown', 'inferred', 'exact'];
    fc.assert(
      fc.property(anyFinding, anyFinding, (first, second) => {
        const one = inTurn([{ step: x86, assessment: first }]);
        const two = inTurn([{ step: arm, assessment: second }], one);
        // A known level takes the place of an unknown one; that something is unknown is in the confidence then.
        if (one.level !== 'unknown') expect(isMoreUrgent(one.level, two.level)).toBe(false);
        expect(sure.indexOf(two.confidence)).toBeLessThanOrEqual(sure.indexOf(one.confidence));
      }),
    );
  });

  test('leave what is not known of another one unknown when they are compared again', () => {
    const before = inTurn([
      { step: x86, assessment: low },
      { step: arm, assessment: nothingKnown },
    ]);
    expect(before).toMatchObject({ level: 'low', confidence: 'unknown' });
    const after = inTurn([{ step: x86, assessment: low }], before);
    expect(after).toMatchObject({ level: 'low', confidence: 'unknown' });
    expect(inTurn([{ step: arm, assessment: harmless }], after)).toMatchObject({ confidence: 'exact' });
  });

  test('keep a level that a later look does not find any more', () => {
    const before = inTurn([{ step: x86, assessment: critical }]);
    expect(inTurn([{ step: x86, assessment: harmless }], before)).toMatchObject({ level: 'critical' });
  });

  test('tell one state of the assessment from the next, even within a millisecond', () => {
    const one = inTurn([{ step: x86, assessment: low }]);
    const two = inTurn([{ step: arm, assessment: low }], one);
    expect(two.assessedAt).toBeGreaterThan(one.assessedAt);
  });
});

test('a step that an older version compared is known, as what that found of the whole', () => {
  const older: DatedAssessment = { ...critical, assessedAt: NOW, compared: [stepKey(x86)] };
  const after = inTurn([{ step: arm, assessment: low }], older);
  expect(after).toMatchObject({ level: 'critical', compared: [stepKey(x86), stepKey(arm)] });
  expect(inTurn([{ step: x86, assessment: harmless }], older)).toMatchObject({ level: 'critical' });
});

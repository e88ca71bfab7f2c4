import { describe, expect, test } from 'vitest';
import { templateHeadline } from '../../../cli/views/templateHeadline.ts';
import type { TemplateStatus } from '../../../src/api/answers.ts';
import { MOMENT, NOW, PARKED, QUEUED, RUNNING, STATUS } from '../../api/sampleAnswers.ts';

describe('a template in a line', () => {
  const [compiled] = STATUS.templates;
  const place = compiled!.places[0]!;
  const said = { at: NOW, by: 'ada', reason: 'prefer-fresh-builds' };
  const headline = (changes: Partial<TemplateStatus>): string =>
    templateHeadline({ ...compiled!, ...changes }, MOMENT);

  test.each([
    ['✓ Compiled (last: 2 days ago)', {}],
    ['⏸ Disabled (prefer-fresh-builds)', { disabled: said }],
    ['⚠️ Paused (prefer-fresh-builds)', { paused: said }],
    ['⏳ Not compiled yet', { places: [{ ...place, active: null }] }],
    [
      '✓ Compiled (last: 2 days ago), not yet in eu-west-1',
      { places: [place, { ...place, region: 'eu-west-1', active: null }] },
    ],
    [
      '✓ Compiled (last: 2 days ago), 1 not published yet',
      { places: [{ ...place, active: { ...place.active!, published: false } }] },
    ],
    [
      '⚠️ Pending security update (high), starts tonight 02:30 UTC',
      { places: [{ ...place, open: [QUEUED] }] },
    ],
    [
      '⚠️ Pending security update (high), waits for approval',
      { places: [{ ...place, open: [{ ...QUEUED, approval: 'wanted' as const }] }] },
    ],
    ['▶ Building (1 of 2 places)', { places: [place, { ...place, open: [RUNNING] }] }],
    ['⏳ Queued for Tue 1 Dec 02:00 UTC', { places: [{ ...place, open: [PARKED] }] }],
    ['⏳ Queued', { places: [{ ...place, open: [{ ...PARKED, startsAt: null }] }] }],
    ['⏳ Waits for approval', { places: [{ ...place, open: [{ ...PARKED, approval: 'wanted' as const }] }] }],
    ['✗ Failed (in us-east-1)', { places: [{ ...place, lastFailure: { at: NOW, reason: 'x' } }] }],
  ] satisfies [string, Partial<TemplateStatus>][])('%s', (words, changes) =>
    expect(headline(changes)).toBe(words),
  );
});

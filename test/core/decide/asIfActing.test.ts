import { expect, test } from 'vitest';
import { asIfActing } from '../../../src/core/decide/asIfActing.ts';
import { modeOf } from '../../../src/core/decide/modeOf.ts';
import { MODES } from '../../../src/core/words.ts';
import { aPolicy } from './builders.ts';

test.each(MODES)(
  'mode %s for all, and each mode of a template, acts unless people are to be asked',
  (mode) => {
    const templates = Object.fromEntries(MODES.map((own) => [own, { mode: own, popularityThreshold: 3 }]));
    const policy = aPolicy({ mode, templates: { ...templates, plain: { popularityThreshold: 4 } } });
    const acting = asIfActing(policy);
    for (const slug of [...MODES, 'other', 'plain']) {
      const own = slug === 'other' || slug === 'plain' ? mode : slug;
      expect([slug, modeOf(slug, acting)]).toEqual([slug, own === 'propose' ? 'propose' : 'act']);
    }
    expect({ ...acting, mode, templates: policy.templates }).toEqual(policy);
    expect(acting.templates['plain']).toEqual({ popularityThreshold: 4 });
  },
);

import { describe, expect, it } from 'vitest';
import { promote } from '../../../src/core/builds/promote.ts';
import { promoteByHand } from '../../../src/core/builds/promoteByHand.ts';
import { rollback } from '../../../src/core/builds/rollback.ts';
import type { Ami } from '../../../src/core/builds/target.ts';
import { DAY, HOUR } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';
import { anAmi, aTarget, NOW } from './builders.ts';

const standsOn = ({ amiId, fingerprint, baseImageId, baseRelease, regionBuild }: Ami) => ({
  ...{ amiId, fingerprint, baseImageId, baseRelease, regionBuild },
  at: NOW - DAY,
});

const ACTIVE = anAmi({ amiId: 'ami-active', state: 'active' });
const NEXT = anAmi({ amiId: 'ami-next', replaces: 'ami-active' });
const OLDER = anAmi({ amiId: 'ami-older', replaces: 'ami-active', createdAt: NOW - HOUR });
const BEFORE = anAmi({
  amiId: 'ami-before',
  state: 'deprecated',
  supersededAt: NOW - 2 * DAY,
  deprecatedAt: NOW - DAY,
  heldBack: { at: NOW - HOUR, because: 'it is still used by instance i-1' },
});
const TARGET = aTarget({ active: standsOn(ACTIVE), previous: standsOn(BEFORE) });
const AMIS = [BEFORE, ACTIVE, OLDER, NEXT];

/** What a rule has made, if anything. */
interface Made {
  readonly kind: string;
  readonly writes?: readonly Write[];
}

/** What the writes make of an AMI. */
function after({ writes }: Made, amiId: string): Ami | undefined {
  return writes
    ?.flatMap((write) => (write.kind === 'ami' ? [write.after] : []))
    .find((ami) => ami.amiId === amiId);
}

describe('the moment at which an AMI gave way', () => {
  it.each<[string, Made, string]>([
    ['a newer one is promoted', promote(NEXT, TARGET, AMIS, NOW), 'ami-active'],
    ['it is overtaken', promote({ ...NEXT, replaces: 'ami-gone' }, TARGET, AMIS, NOW), 'ami-next'],
    ['a newer one is promoted by hand', promoteByHand(TARGET, AMIS, 'by ada', NOW), 'ami-active'],
    ['a newer candidate is promoted by hand', promoteByHand(TARGET, AMIS, 'by ada', NOW), 'ami-older'],
    ['it is rolled back', rollback(TARGET, AMIS, 'by ada', NOW), 'ami-active'],
  ])('is written down when %s', (_, made, amiId) => {
    expect(after(made, amiId)).toMatchObject({ state: 'superseded', supersededAt: NOW });
  });

  it('is forgotten when a rollback comes back to it; that EC2 deprecates it is to be undone', () => {
    const back = after(rollback(TARGET, AMIS, 'by ada', NOW), 'ami-before');
    expect(after(rollback(TARGET, AMIS, 'by ada', NOW), 'ami-active')).toMatchObject({ rolledBackAt: NOW });
    expect(back).toMatchObject({ state: 'active', promotedAt: NOW, deprecatedAt: NOW - DAY });
    expect(back).not.toHaveProperty('supersededAt');
    expect(back).not.toHaveProperty('heldBack');
  });
});

import { describe, expect, test } from 'vitest';
import { freeDeadSlots } from '../../../src/app/reconcile/freeDeadSlots.ts';
import type { PotBalance } from '../../../src/core/money/pot.ts';
import type { Attempt, Write } from '../../../src/core/writes.ts';
import { memoryLog } from '../../../src/memory/memoryLog.ts';
import { ledgerLog } from './ledgerLog.ts';
import { HERE, NOON } from './records.ts';
import type { TableUnderTest } from './tableUnderTest.ts';

/** A table under attack: transactions conflict, answers get lost, writers come in between. */
export interface LedgerUnderTest extends TableUnderTest {
  /** Every state a pot was in after a commit, in order. */
  history(pot: string): Promise<PotBalance[]>;
}

const DAILY = 'daily#2040-01-02';
const MONTHLY = 'monthly#2040-01';

/** What becomes of the owner of a reservation. */
const FATES = ['dies', 'spends less', 'spends nothing', 'spends more', 'settles twice'] as const;

/** Unequal, and different for each: a step of the ledger shows whose it was. */
const ceilingOf = (owner: number): number => 1_000_000 + owner * 7_919;

const fateOf = (owner: number): (typeof FATES)[number] => FATES[owner % FATES.length] ?? 'dies';

function costOf(owner: number): number {
  switch (fateOf(owner)) {
    case 'spends more':
      return ceilingOf(owner) + 13 * owner + 1;
    case 'spends less':
    case 'settles twice':
      return Math.floor(ceilingOf(owner) / 3);
    case 'dies':
    case 'spends nothing':
      return 0;
  }
}

function attemptOf(owner: number): Attempt {
  const amount = ceilingOf(owner);
  return {
    regionBuild: `build-${owner}`,
    region: HERE.region,
    attempt: 1,
    state: 'held',
    slot: owner,
    grantedAt: NOON,
    reservation: {
      amount,
      pot: 'daily',
      holdings: [DAILY, MONTHLY].map((key) => ({ key, amount, share: 10_000 })),
    },
  };
}

function reserving(owner: number, limit: number): Write[] {
  const { regionBuild, region, slot, attempt, reservation } = attemptOf(owner);
  return [
    { kind: 'take-slot', region, slot, regionBuild, attempt },
    { kind: 'reserve', pot: DAILY, amount: reservation.amount, limit },
    { kind: 'reserve', pot: MONTHLY, amount: reservation.amount, limit: 100 * limit },
    { kind: 'attempt', after: attemptOf(owner), expects: null },
  ];
}

function settling(owner: number): Write[] {
  const held = attemptOf(owner);
  const { regionBuild, region, slot, attempt, reservation } = held;
  const cost = costOf(owner);
  return [
    { kind: 'free-slot', region, slot, regionBuild, attempt },
    ...reservation.holdings.map(({ key, amount }): Write => ({
      kind: 'settle',
      pot: key,
      ceiling: amount,
      cost,
    })),
    { kind: 'attempt', after: { ...held, state: 'settled', cost }, expects: 'held' },
  ];
}

/** What the ledger promises while everything goes wrong that can (issue 4: what must be seen). */
export function ledgerContract(make: () => Promise<LedgerUnderTest>, owners: number): void {
  describe('the ledger, with conflicts, lost answers and owners that die', () => {
    test(`${owners} owners reserve unequal amounts, settle, release or die: the sum holds at every commit`, async () => {
      const table = await make();
      const limit = ceilingOf(owners) * Math.floor(owners / 4);
      const log = ledgerLog(ceilingOf, costOf, owners);
      const commit = (writes: Write[]) => table.commits.commit(writes);

      const live = async (owner: number): Promise<void> => {
        for (let tries = 1; tries <= 3; tries += 1) {
          const answer = await log.during('reserve', owner, () => commit(reserving(owner, limit)));
          // Whoever hears nothing has died: it does not know whether its money is held.
          if (answer === 'no answer') return;
          if (!answer.committed) {
            expect(answer.conflicts).toMatchObject([{ kind: 'reserve', pot: DAILY }]);
            continue;
          }
          const fate = fateOf(owner);
          if (fate === 'dies') return;
          const times = fate === 'settles twice' ? 2 : 1;
          const ended = await Promise.all(
            Array.from({ length: times }, () => log.during('settle', owner, () => commit(settling(owner)))),
          );
          const heard = ended.filter((each) => each !== 'no answer');
          expect(heard.filter(({ committed }) => committed).length).toBeLessThanOrEqual(1);
          return;
        }
      };
      await Promise.all(Array.from({ length: owners }, (_, owner) => live(owner)));
      // Nobody owns what is left: the slow tick gives it back, and where it dies, the next one goes on.
      for (let tick = 1; tick <= TICKS && (await table.slots.taken(HERE.region)).length > 0; tick += 1)
        await slowTick(table).catch(() => undefined);

      const history = await table.history(DAILY);
      const steps = log.stepsOf(history);
      expect(steps.unexplained).toEqual([]);
      expect(steps.doubled).toEqual([]);
      expect(history.filter(({ reserved }) => reserved < 0)).toEqual([]);
      const beyond = history.filter(({ reserved, settled, overrun }) => reserved + settled - overrun > limit);
      expect(beyond).toEqual([]);
      expect(log.refusals.length).toBeGreaterThan(0);
      expect(log.wrongRefusals(history, limit)).toEqual([]);

      const settled = steps.settled.reduce((sum, owner) => sum + costOf(owner), 0);
      const overrun = steps.settled.reduce(
        (sum, owner) => sum + Math.max(0, costOf(owner) - ceilingOf(owner)),
        0,
      );
      expect(overrun).toBeGreaterThan(0);
      const balances = await table.pots.balances([DAILY, MONTHLY]);
      expect(balances).toEqual([DAILY, MONTHLY].map((key) => ({ key, reserved: 0, settled, overrun })));
      expect(await table.slots.taken(HERE.region)).toEqual([]);
    });
  });
}

const TICKS = 20;

async function slowTick(table: TableUnderTest): Promise<void> {
  const region = { name: HERE.region, securityGroupIds: [], mandatoryTags: {} };
  await freeDeadSlots({
    ...table,
    log: memoryLog(),
    now: () => NOON,
    settings: {
      homeRegion: HERE.region,
      regions: [{ ...region, instanceTypes: { x86_64: [], arm64: [] } }],
      instanceProfileName: '',
      amiParameter: '',
      baseImageParameters: [],
      enhancedImageMetadata: true,
      scanIntervalMinutes: 60,
    },
  });
}

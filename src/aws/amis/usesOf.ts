import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { inParallel } from '../../core/inParallel.ts';
import type { Instant } from '../../core/words.ts';
import type { AmiUse } from '../../ports.ts';
import { autoScalingUse } from './autoScalingUse.ts';
import { describeAmis, type OwnAmi } from './describeAmis.ts';
import { useByOthers } from './otherAccounts.ts';
import { references } from './references.ts';
import { type NotKnownYet, orNotKnownYet } from './users.ts';

/** Where uses are asked for, and when. */
export interface UseGround {
  readonly ec2: EC2Client;
  readonly autoScaling: AutoScalingClient;
  readonly now: Instant;
}

/** Our permissions end where our tag does: EC2 would refuse to tell more, and it is not ours to take away. */
const NOT_OURS: NotKnownYet = {
  kind: 'not-known-yet',
  because: 'it does not carry our tag (any more), and is left as it is',
};

/** Questions of one AMI each, which are few: no burst. */
const AT_ONCE = 4;

/**
 * Who uses AMIs of a region, by id; one that is gone is absent. What goes wrong with one AMI is that one's answer, and
 * takes no other's. What EC2 refuses for all of them is no AMI's: it is thrown.
 */
export async function usesOf(
  amiIds: readonly string[],
  ground: UseGround,
): Promise<ReadonlyMap<string, AmiUse>> {
  const amis = [...(await describeAmis(ground.ec2, amiIds)).values()];
  const foreign = amis.filter(({ ours }) => !ours);
  const ours = amis.filter(({ ours }) => ours);
  return new Map([
    ...foreign.map(({ id }): [string, AmiUse] => [id, NOT_OURS]),
    ...(ours.length === 0 ? [] : await usesOfOurs(ours, ground)),
  ]);
}

async function usesOfOurs(amis: readonly OwnAmi[], ground: UseGround): Promise<[string, AmiUse][]> {
  const ids = amis.map(({ id }) => id);
  const named = await references(ground.ec2, ids);
  const inGroups = await orNotKnownYet(() => autoScalingUse(ground.autoScaling, ids));
  const uses: [string, AmiUse][] = [];
  const unused: OwnAmi[] = [];
  for (const ami of amis) {
    const references = named.get(ami.id);
    if (references === undefined) continue;
    const groups: AmiUse =
      'kind' in inGroups
        ? inGroups
        : { kind: 'known', by: inGroups.filter(({ amiId }) => amiId === ami.id).map(({ by }) => by) };
    const use = together(references, groups);
    if (use === undefined) unused.push(ami);
    else uses.push([ami.id, use]);
  }
  return [...uses, ...(await usesByOthers(unused, ground))];
}

/** What two answers say together; undefined: they know that nobody uses it. */
function together(one: AmiUse, other: AmiUse): AmiUse | undefined {
  const by = [one, other].flatMap((use) => (use.kind === 'known' ? use.by : []));
  if (by.length > 0) return { kind: 'known', by: [...new Set(by)].sort() };
  return [one, other].find(({ kind }) => kind === 'not-known-yet');
}

async function usesByOthers(amis: readonly OwnAmi[], { ec2, now }: UseGround): Promise<[string, AmiUse][]> {
  const refused: unknown[] = [];
  const uses = await inParallel(
    amis,
    async (ami): Promise<[string, AmiUse]> => {
      try {
        return [ami.id, await orNotKnownYet(() => useByOthers(ec2, ami, now))];
      } catch (error) {
        refused.push(error);
        // By its name alone: EC2's sentence is another one each time.
        const name = error instanceof Error ? error.name : String(error);
        return [ami.id, { kind: 'not-known-yet', because: `EC2 answers ${name}` }];
      }
    },
    AT_ONCE,
  );
  if (refused.length > 0 && refused.length === amis.length) throw refused[0];
  return uses;
}

import type { Ami } from '../../core/builds/target.ts';
import type { AmiUse } from '../../core/images/amiUse.ts';
import type { Removal, RemovalRule } from '../../core/images/removal.ts';
import { type RemovalInput, removals } from '../../core/images/removals.ts';
import { STEP_RULES } from '../../core/images/wayOut.ts';
import { inParallel } from '../../core/inParallel.ts';
import type { Services } from '../../ports.ts';

export interface AskedUses {
  /** Of all that EC2 was asked about. */
  readonly uses: ReadonlyMap<string, AmiUse>;
  /** Regions that did not answer: what lies there stays for another day. */
  readonly failures: readonly { readonly region: string; readonly error: Error }[];
}

/** What may hold back an AMI that only its users can hold back. */
const ASKED: readonly RemovalRule[] = ['due', 'used-before', 'day-is-full'];

/** What nothing but its users holds back from a step that takes it away. */
export function ripe(input: RemovalInput): Ami[] {
  return removals(input)
    .filter(mayGo)
    .map(({ ami }) => ami);
}

/** Asks EC2 who uses these, in all regions at once; one that fails stops no other. */
export async function askUses(
  amis: readonly Pick<Ami, 'region' | 'amiId'>[],
  services: Pick<Services, 'amiLifecycle'>,
): Promise<AskedUses> {
  const regions = [...new Set(amis.map(({ region }) => region))];
  const answers = await inParallel(regions, (region) =>
    askRegion(
      region,
      amis.filter((ami) => ami.region === region).map(({ amiId }) => amiId),
      services,
    ),
  );
  return {
    uses: new Map(answers.flatMap(({ uses }) => uses)),
    failures: answers.flatMap(({ failure }) => failure),
  };
}

function mayGo({ step, rule, at }: Removal): boolean {
  return STEP_RULES[step].takesAway && ASKED.includes(rule) && (rule !== 'day-is-full' || at !== null);
}

async function askRegion(
  region: string,
  amiIds: readonly string[],
  { amiLifecycle }: Pick<Services, 'amiLifecycle'>,
): Promise<{ uses: [string, AmiUse][]; failure: AskedUses['failures'] }> {
  try {
    const known = await amiLifecycle.uses(region, amiIds);
    // What EC2 does not know any more nobody uses: its record goes the same way.
    return { uses: amiIds.map((id) => [id, known.get(id) ?? { kind: 'known', by: [] }]), failure: [] };
  } catch (error) {
    return {
      uses: amiIds.map((id) => [id, { kind: 'not-known-yet', because: `EC2 in ${region} did not answer` }]),
      failure: [{ region, error: error instanceof Error ? error : new Error(String(error)) }],
    };
  }
}

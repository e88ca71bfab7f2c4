import type { Ami } from '../../core/builds/target.ts';
import type { AmiUse } from '../../core/images/amiUse.ts';
import type { Removal, RemovalRule } from '../../core/images/removal.ts';
import { type RemovalInput, removals } from '../../core/images/removals.ts';
import { STEP_RULES } from '../../core/images/wayOut.ts';
import type { Services } from '../../ports.ts';

export interface AskedUses {
  /** Of all that EC2 was asked about. */
  readonly uses: ReadonlyMap<string, AmiUse>;
  /** The region did not answer: what lies there stays for another day. */
  readonly failure?: Error;
}

/** What may hold back an AMI that only its users can hold back. */
const ASKED: readonly RemovalRule[] = ['due', 'used-before', 'day-is-full'];

/** What nothing but its users holds back from a step that takes it away. */
export function ripe(input: RemovalInput): Ami[] {
  return removals(input)
    .filter(mayGo)
    .map(({ ami }) => ami);
}

/** Asks EC2 who uses AMIs of a region. */
export async function askUses(
  region: string,
  amis: readonly Pick<Ami, 'amiId'>[],
  { amiLifecycle }: Pick<Services, 'amiLifecycle'>,
): Promise<AskedUses> {
  const amiIds = amis.map(({ amiId }) => amiId);
  if (amiIds.length === 0) return { uses: new Map() };
  try {
    const known = await amiLifecycle.uses(region, amiIds);
    // What EC2 does not know any more nobody uses: its record goes the same way.
    return { uses: new Map(amiIds.map((id) => [id, known.get(id) ?? { kind: 'known', by: [] }])) };
  } catch (error) {
    const unknown = { kind: 'not-known-yet', because: `EC2 in ${region} did not answer` } as const;
    return {
      uses: new Map(amiIds.map((id) => [id, unknown])),
      failure: error instanceof Error ? error : new Error(String(error)),
    };
  }
}

function mayGo({ step, rule, at }: Removal): boolean {
  return STEP_RULES[step].takesAway && ASKED.includes(rule) && (rule !== 'day-is-full' || at !== null);
}

import type { Ami } from '../core/builds/target.ts';
import { formatOf } from '../core/evidence/findings.ts';
import type { OpenAdvisory } from '../core/evidence/openAdvisories.ts';
import { withSources } from '../core/evidence/sourcePackages.ts';
import { checkTarget } from '../core/packages/checkTarget.ts';
import { advisoriesSince, openInAmi, sortByUrgency } from '../core/packages/openInAmi.ts';
import { openInPip } from '../core/packages/openInPip.ts';
import { targetKey } from '../core/words.ts';
import type { PackageAnswer, Services } from '../ports.ts';
import { readCatalogue, type CatalogueServices } from './gathering/catalogue.ts';
import { activeAmis, type AmisOnBase } from './packages/activeAmis.ts';
import { anyway } from './anyway.ts';
import { targetState } from './targetState.ts';

export type PackageServices = CatalogueServices &
  Pick<
    Services,
    | 'settings'
    | 'amis'
    | 'packageLists'
    | 'packageChecks'
    | 'packageAdvisories'
    | 'imageBuilder'
    | 'commits'
    | 'log'
    | 'now'
  >;

export interface PackagesChecked {
  /** How many active AMIs were compared with the advisories about their packages. */
  readonly checked: number;
  /** Keys of the targets whose package epoch was raised. */
  readonly raised: readonly string[];
  /** Ids of active AMIs whose package list nobody could tell. */
  readonly unlisted: readonly string[];
}

/** A feed that should have told of an image's packages did not. */
export class AdvisoriesUnknown extends Error {
  override readonly name = 'AdvisoriesUnknown';
}

/** Others wrote too often: until the next check is too long to leave it. */
export class TargetContested extends Error {
  override readonly name = 'TargetContested';
}

/** Where somebody else was writing everything is read and decided anew, so often. */
const ROUNDS = 5;

/**
 * The daily look at our own images: an advisory about what is installed in an active AMI, which has a fix that the AMI
 * could not have had, raises the package epoch of its target. The desired fingerprint is another one then, so that the
 * template is built again though no base has moved (design §2). Feeds are read once for all images.
 * @throws SeveralFailed at the end, with what could not be checked
 */
export async function checkPackages(_tick: unknown, services: PackageServices): Promise<PackagesChecked> {
  const catalogue = await readCatalogue(services);
  if (catalogue.policy.policy.mode === 'stopped') return { checked: 0, raised: [], unlisted: [] };
  const { onBases, unlisted } = await activeAmis(catalogue, services);
  if (unlisted.length > 0) services.log.warn('the packages of some AMIs are not known', { unlisted });
  if (onBases.length === 0) return { checked: 0, raised: [], unlisted };
  const told = await askFor(onBases, services);
  const raised: string[] = [];
  const looks = onBases.flatMap((on, index) => looksAt(on, told.answers[index], told));
  await anyway(
    [...looks, ...gapsOf(told, onBases)],
    ({ of }) => of,
    async ({ of, look }) => {
      const { ami, open } = look();
      if (!(await keepCheck(ami, open, services))) return;
      services.log.info('package epoch raised', { target: of, advisories: open.map(({ id }) => id) });
      raised.push(of);
    },
    services.log,
  );
  return { checked: looks.length, raised: raised.sort(), unlisted };
}

type Told = Awaited<ReturnType<Services['packageAdvisories']['ask']>>;

/** One question for each base, and one for everything that pip has installed. */
async function askFor(
  onBases: readonly AmisOnBase[],
  { packageAdvisories }: Pick<Services, 'packageAdvisories'>,
): Promise<Told> {
  const questions = onBases.map(({ base, installed, amis }) => ({
    base,
    installed,
    since: Math.min(...amis.map(({ ami }) => advisoriesSince(ami.createdAt))),
  }));
  const withPip = onBases.flatMap(({ amis }) => amis).filter(({ pip }) => pip.length > 0);
  return packageAdvisories.ask(questions, {
    names: [...new Set(withPip.flatMap(({ pip }) => pip))].sort(),
    since: Math.min(...withPip.map(({ ami }) => ami.createdAt)),
  });
}

interface Look {
  readonly of: string;
  /** @throws AdvisoriesUnknown where a feed did not tell */
  readonly look: () => { readonly ami: Ami; readonly open: readonly OpenAdvisory[] };
}

/** A look at each image of a base. Where no source has told of its packages nothing is concluded. */
function looksAt(
  { base, amis }: AmisOnBase,
  answer: PackageAnswer | undefined,
  { pip: ofPip, exploited }: Told,
): Look[] {
  const format = formatOf({ base });
  const raising = exploited ?? new Set<string>();
  const advisories = answer?.advisories ?? null;
  const isKnown = (pip: readonly string[]) =>
    advisories !== null || (pip.length > 0 && ofPip.advisories !== null);
  return amis
    .filter(({ pip }) => isKnown(pip))
    .map(({ ami, packages, pip }) => ({
      of: targetKey(ami),
      look: () => {
        const { architecture, createdAt: builtAt } = ami;
        const listed = {
          packages: withSources(packages, base.ecosystems ?? []),
          ...{ format, architecture, builtAt },
        };
        const open = [
          ...openInAmi(listed, advisories ?? [], raising),
          ...openInPip(pip, builtAt, ofPip.advisories ?? [], raising),
        ];
        return { ami, open: sortByUrgency(open) };
      },
    }));
}

/** What is not known is said last, and as a failure: peace must not be taken for silence. */
function gapsOf({ answers, pip, exploited }: Told, onBases: readonly AmisOnBase[]): Look[] {
  const unraised = exploited === null ? ['the catalogue did not answer: nothing could be raised by it'] : [];
  const gaps = [
    ...answers.map((answer, index) => ({ answer, of: `advisories of ${onBases[index]?.base.name ?? ''}` })),
    { answer: pip, of: 'advisories of Python packages' },
    { answer: { gaps: unraised }, of: 'known exploitation' },
  ].flatMap(({ answer, of }) => answer.gaps.map((gap) => ({ of, gap })));
  return gaps.map(({ of, gap }) => ({
    of,
    look: () => {
      throw new AdvisoriesUnknown(gap);
    },
  }));
}

/** Keeps what was found; true if the epoch was raised by it. An AMI that is active no more is no business any more. */
async function keepCheck(
  ami: Ami,
  open: readonly OpenAdvisory[],
  services: Pick<Services, 'targets' | 'packageChecks' | 'commits' | 'now'>,
): Promise<boolean> {
  const { amiId } = ami;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [state, before] = await Promise.all([targetState(ami, services), services.packageChecks.get(ami)]);
    if (state.active?.amiId !== amiId) return false;
    const { raised, writes } = checkTarget({ state, amiId, open, before, now: services.now() });
    const { committed } = await services.commits.commit(writes);
    if (committed) return raised;
  }
  throw new TargetContested(`${targetKey(ami)} was changed by somebody else again and again`);
}

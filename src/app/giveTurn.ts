import { explain } from '../core/builds/compose.ts';
import { passOver } from '../core/builds/finish.ts';
import { grant } from '../core/builds/grant.ts';
import { nothingToBuild } from '../core/builds/takenBack.ts';
import type { Granted } from '../core/decide/outcome.ts';
import { fingerprint } from '../core/template/fingerprint.ts';
import { targetKey } from '../core/words.ts';
import type { Services } from '../ports.ts';
import type { Gathered } from './gatherPlanInput.ts';
import { endWait, sendTurn } from './sendTurn.ts';

/**
 * Grants a turn in one transaction and sends the token after it; false if a condition did not hold: somebody else
 * took slot or money, or the build changed. What would only make the active image again, or one that was rolled back,
 * ends instead.
 */
export async function giveTurn(
  { regionBuild, line, slot, amount, holdings, base, estimate }: Granted,
  { resolution, targets }: Pick<Gathered, 'resolution' | 'targets'>,
  services: Pick<Services, 'commits' | 'executions' | 'sha256' | 'now'>,
): Promise<boolean> {
  const { id, template, architecture } = regionBuild;
  const resolved = resolution.templates.get(template);
  if (resolved === undefined) throw new Error(`${id} was granted without a template`);
  const target = targets.get(targetKey(regionBuild));
  const packageEpoch = target?.packageEpoch ?? 0;
  const print = fingerprint(
    { template: resolved, baseImageId: base.imageId, architecture, packageEpoch },
    services.sha256,
  );
  const because = nothingToBuild(print, regionBuild, target);
  if (because !== undefined) {
    const ended = await services.commits.commit(passOver(regionBuild, print, because, services.now()));
    if (ended.committed) await endWait(regionBuild, because, services);
    return false;
  }
  const { regionBuild: granted, writes } = grant(
    regionBuild,
    {
      slot,
      amount,
      holdings,
      baseImageId: base.imageId,
      baseImageName: base.imageName,
      baseRelease: base.release,
      fingerprint: print,
      packageEpoch,
      instanceType: estimate.instanceType,
      maximumDuration: estimate.maximumDuration,
      hourlyCost: estimate.hourlyCost,
    },
    services.now(),
  );
  const { committed } = await services.commits.commit([explain(id, line), ...writes]);
  if (committed) await sendTurn(granted, services);
  return committed;
}

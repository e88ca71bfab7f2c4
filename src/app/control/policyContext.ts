import { buildDurations } from '../../core/decide/buildDurations.ts';
import type { PolicyContext } from '../../core/policy/parsePolicy.ts';
import { resolveInheritance } from '../../core/template/resolveInheritance.ts';
import type { DeployedPolicy, Services } from '../../ports.ts';

export type ContextServices = Pick<Services, 'now' | 'settings' | 'templates' | 'targets' | 'launches'>;

/** What the deployment knows and a policy file does not: with it, more can be said about the file. */
export async function policyContext(
  { policy }: Pick<DeployedPolicy, 'policy'>,
  services: ContextServices,
): Promise<PolicyContext> {
  const [templates, targets, lastLaunch] = await Promise.all([
    services.templates.all(),
    services.targets.all(),
    services.launches.last(),
  ]);
  const { templates: resolved } = resolveInheritance(templates.map(({ definition }) => definition));
  const learned = targets
    .map(({ template, durations }) => buildDurations(resolved.get(template), durations, policy))
    .filter(({ samples }) => samples > 0)
    .map(({ p90 }) => p90);
  return {
    knownTemplates: templates.map(({ slug }) => slug),
    knownRegions: services.settings.regions.map(({ name }) => name),
    currentMode: policy.mode,
    now: services.now(),
    lastLaunch: lastLaunch ?? null,
    ...(learned.length === 0 ? {} : { learnedDuration: Math.max(...learned) }),
  };
}

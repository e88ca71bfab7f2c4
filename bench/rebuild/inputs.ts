/** How many templates stand on the base that changes. */
export const TEMPLATES = 50;

export const SLUGS: readonly string[] = Array.from(
  { length: TEMPLATES },
  (_, index) => `bench-${String(index + 1).padStart(2, '0')}`,
);

export const BASE = 'amazon-linux-2023';

/** One of the fifty: small, and different from the others. */
export function templateOf(slug: string, index: number): string {
  return [
    `name: ${slug}`,
    `slug: ${slug}`,
    'description: one of fifty on the same base',
    `base: ${BASE}`,
    'architectures: [x86_64]',
    'package_manager: dnf',
    'packages:',
    `  system: [git, jq, package-${index + 1}]`,
    '',
  ].join('\n');
}

/**
 * Everything at once and all day, with money for all of it; ten slots a region, as everybody has. The feeds are left
 * out, since what they take is measured elsewhere and depends on the network here: the update is rebuilt as unknown.
 */
export const POLICY = `auto_ami_policy:
  mode: act
  time_zone: UTC
  build_window: '00:00-00:00'
  urgent_window: '00:00-00:00'
  jitter: '0 seconds'
  daily_budget: 1000
  monthly_budget: 10000
  evidence:
    amazon_linux: { enabled: false }
    ubuntu: { enabled: false }
    osv: { enabled: false }
    cisa_kev: { enabled: false }
`;

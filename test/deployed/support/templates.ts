/** A small template of its own for a test. */
export function templateText(
  slug: string,
  base: string,
  architectures: readonly string[] = ['x86_64'],
  packages: readonly string[] = ['git'],
): string {
  return [
    `name: ${slug}`,
    `slug: ${slug}`,
    'description: for a test',
    `base: ${base}`,
    `architectures: [${architectures.join(', ')}]`,
    'package_manager: dnf',
    'packages:',
    `  system: [${packages.join(', ')}]`,
    '',
  ].join('\n');
}

/** Everything at once and all day; the account's golden image beside the built-in ones; no feed, whatever the network. */
export const POLICY = `auto_ami_policy:
  mode: act
  time_zone: UTC
  build_window: '00:00-00:00'
  urgent_window: '00:00-00:00'
  jitter: '0 seconds'
  base_images:
    golden:
      parameter: { x86_64: /auto-ami/base-images/golden }
      like: amazon-linux-2023
  evidence:
    amazon_linux: { enabled: false }
    ubuntu: { enabled: false }
    osv: { enabled: false }
    cisa_kev: { enabled: false }
`;

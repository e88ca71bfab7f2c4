/** Top-level keys this system reads. */
export const HONOURED_KEYS = [
  'name',
  'slug',
  'description',
  'version',
  'base',
  'inherits',
  'architectures',
  'architecture',
  'package_manager',
  'packages',
  'services',
  'users',
  'build_steps',
  'post_install',
  'user_data',
  'components',
  'tests',
  'validation',
  'instance_defaults',
  'min_disk_size',
  'ami_config',
  'auto_ami',
  'tags',
] as const;
export type HonouredKey = (typeof HONOURED_KEYS)[number];

/** Top-level keys of CloudWorkstation that take effect when an instance is launched: an image cannot hold them. */
export const LAUNCH_KEYS: ReadonlyMap<string, string> = new Map([
  [
    'files',
    'files are brought to an instance when it is launched; scripts that need them fail while the image is built',
  ],
  ['research_user', 'research users are created when an instance is launched'],
]);

/** Top-level keys of CloudWorkstation that describe a template to people or to its launcher. */
export const DESCRIPTIVE_KEYS: ReadonlySet<string> = new Set([
  'long_description',
  'complexity',
  'category',
  'domain',
  'icon',
  'color',
  'popular',
  'featured',
  'connection_type',
  'idle_detection',
  'estimated_launch_time',
  'prerequisites',
  'learning_resources',
  'parameters',
  'variables',
  'validation_status',
  'maintainer',
  'last_updated',
  'marketplace',
  'minimum_size',
  'ports',
  'resources',
  'repository',
  'docs',
  'dependencies',
  'cost',
  'instance_types',
  'estimated_cost_per_hour',
]);

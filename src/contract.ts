/**
 * Names that the stacks (`lib`) and the running functions share. One place, so that wiring cannot be half done.
 */

/** Environment variables of the functions. */
export const ENV = {
  TABLE_NAME: 'AUTO_AMI_TABLE_NAME',
  STATE_MACHINE_ARN: 'AUTO_AMI_STATE_MACHINE_ARN',
  EVENT_BUS_NAME: 'AUTO_AMI_EVENT_BUS_NAME',
  /** JSON of `DeploymentSettings` (src/settings.ts): regions and their places, published parameter names. */
  SETTINGS: 'AUTO_AMI_SETTINGS',
  /** JSON object: audience to topic ARN. */
  TOPIC_ARNS: 'AUTO_AMI_TOPIC_ARNS',
  CHECK_BASE_IMAGES_FUNCTION: 'AUTO_AMI_CHECK_BASE_IMAGES_FUNCTION',
} as const;

export { EVENT_SOURCE, EVENTS, HINTS, LAUNCHED } from './core/events.ts';

/** Attribute and key names of the table that the stack or the state machine must know. */
export const TABLE = {
  PARTITION_KEY: 'pk',
  SORT_KEY: 'sk',
  TTL: 'expiresAt',
  /** Sparse index of what someone must still act on: `pending` is the kind of work, `pendingSince` an instant. */
  PENDING_INDEX: 'pending',
  PENDING_KEY: 'pending',
  PENDING_SINCE: 'pendingSince',
} as const;

/** Tags on everything created, so that the bill can be checked against the ledger (design §5). */
export const TAGS = {
  TEMPLATE: 'auto-ami:template',
  GRANT: 'auto-ami:grant',
  BUILD: 'auto-ami:build',
  REGION_BUILD: 'auto-ami:region-build',
  ATTEMPT: 'auto-ami:attempt',
  FINGERPRINT: 'auto-ami:fingerprint',
} as const;

/** Every name of an Image Builder resource of ours starts so; permissions are narrowed to it. */
export const IMAGE_BUILDER_PREFIX = 'auto-ami-';

/** Outputs of the hub stack by which `cws` finds it. */
export const OUTPUTS = {
  API_URL: 'ControlApiUrl',
  TABLE_NAME: 'StateTableName',
  STATE_MACHINE_ARN: 'StateMachineArn',
} as const;

export const DEFAULT_STACK_NAME = 'AutoAmiHub';

/** `/auto-ami/templates/<template>/<architecture>/ami-id`, unless configured otherwise. */
export const DEFAULT_AMI_PARAMETER = '/auto-ami/templates/{template}/{architecture}/ami-id';

/** Name space of the metrics that alarms watch. */
export const METRICS_NAMESPACE = 'AutoAmi';
export const METRIC_SCAN_SUCCEEDED = 'ScanSucceeded';

/** What `check-base-images` is sent to look at every base image at once, besides its clock. */
export const SCAN_ALL = { scan: 'all' } as const;

/** Message attribute of notices by which recipients choose their templates. */
export const NOTICE_TEMPLATE_ATTRIBUTE = 'template';

/** What every created thing can be told by (design §5). Values are ids, never free text. */
export interface TagSubject {
  readonly template: string;
  /** Id of the grant that pays, if one does. */
  readonly grant?: string;
  readonly build: string;
  readonly regionBuild: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly fingerprint: string;
}

/** Our own tags begin with this; mandatory tags of a deployment must not. */
export const TAG_PREFIX = 'auto-ami:';

/** Tags the infrastructure configuration puts on build instances (Image Builder API, ResourceTagMap); others take 50. */
const MAX_RESOURCE_TAGS = 30;

/** Image Builder API, TagKey; narrower than EC2's own rule, so that a key is good everywhere. */
const TAG_KEY = /^(?!aws:)[A-Za-z0-9 _.:/=+@-]{1,128}$/;

/** EC2: letters, digits and spaces of any script, and a few signs. */
const TAG_VALUE = /^[\p{L}\p{Nd}\p{Zs}_.:/=+@-]{0,256}$/u;

export type Tags = Readonly<Record<string, string>>;

/** The tags of one attempt, our own and the deployment's mandatory ones. */
export function attemptTags(subject: TagSubject, mandatory: Tags): Tags {
  return {
    ...mandatory,
    ...sharedTags(subject, {}),
    ...(subject.grant === undefined ? {} : { [`${TAG_PREFIX}grant`]: subject.grant }),
    [`${TAG_PREFIX}build`]: subject.build,
    [`${TAG_PREFIX}region-build`]: subject.regionBuild,
    [`${TAG_PREFIX}attempt`]: String(subject.attempt),
    [`${TAG_PREFIX}fingerprint`]: subject.fingerprint,
  };
}

/** The tags of what several attempts share, such as components: those that are true of all of them. */
export function sharedTags({ template }: Pick<TagSubject, 'template'>, mandatory: Tags): Tags {
  return { ...mandatory, [`${TAG_PREFIX}template`]: template };
}

/** Everything that AWS would refuse of the tags of an attempt, which go on instances as well as on AMIs. */
export function tagProblems(tags: Tags): readonly string[] {
  const count = Object.keys(tags).length;
  return [
    ...(count > MAX_RESOURCE_TAGS
      ? [
          `There are ${count} tags; build instances take ${MAX_RESOURCE_TAGS}. Remove ${count - MAX_RESOURCE_TAGS} mandatory tags.`,
        ]
      : []),
    ...Object.entries(tags).flatMap(([key, value]) => [
      ...(TAG_KEY.test(key)
        ? []
        : [
            `The tag key "${key}" cannot be used: 1 to 128 letters, digits, spaces and _ . : / = + @ -, not beginning with aws:.`,
          ]),
      ...(TAG_VALUE.test(value)
        ? []
        : [
            `The value of the tag "${key}" cannot be used: at most 256 letters, digits, spaces and _ . : / = + @ -.`,
          ]),
    ]),
  ];
}

/** Mandatory tags that would replace ours. */
export function reservedTags(mandatory: Tags): readonly string[] {
  return Object.keys(mandatory)
    .filter((key) => key.toLowerCase().startsWith(TAG_PREFIX))
    .map(
      (key) =>
        `The mandatory tag "${key}" cannot be set: keys beginning with ${TAG_PREFIX} are this system's own.`,
    );
}

/** A call that nobody can do without, and how often: as often as the things it is for. */
interface Unavoidable {
  readonly call: string;
  readonly times: number;
  readonly per: keyof Volume;
  readonly because: string;
}

/** How much there is to do. */
export interface Volume {
  readonly regionBuilds: number;
  readonly builds: number;
  readonly regions: number;
  readonly once: number;
}

/**
 * The bare calls that rebuilding takes, for a system that keeps design §3: nothing is decided without being written
 * down first, and every step finds out itself whether it still may.
 */
export const UNAVOIDABLE: readonly Unavoidable[] = [
  {
    call: 'ssm GetParameters',
    times: 1,
    per: 'regions',
    because: 'the public parameters are read in each region, ten a call',
  },
  {
    call: 'ec2 DescribeImages',
    times: 1,
    per: 'regions',
    because: 'an image that is new is described in its region: its name tells the release',
  },
  {
    call: 'states StartExecution',
    times: 1,
    per: 'regionBuilds',
    because: 'each region build waits in an execution',
  },
  {
    call: 'states SendTaskSuccess',
    times: 2,
    per: 'regionBuilds',
    because: 'it waits twice: for its turn, and for its image',
  },
  {
    call: 'imagebuilder CreateComponent',
    times: 1,
    per: 'regionBuilds',
    because: 'components, recipes and configurations lie in their region and are immutable or ours alone',
  },
  {
    call: 'imagebuilder CreateImageRecipe',
    times: 1,
    per: 'regionBuilds',
    because: 'it names the new base image',
  },
  {
    call: 'imagebuilder CreateInfrastructureConfiguration',
    times: 1,
    per: 'regionBuilds',
    because: 'instances are tagged with their build, and tags are part of it',
  },
  {
    call: 'imagebuilder CreateDistributionConfiguration',
    times: 1,
    per: 'regionBuilds',
    because: 'AMIs are tagged with their build, and tags are part of it',
  },
  { call: 'imagebuilder CreateImage', times: 1, per: 'regionBuilds', because: 'it starts the build' },
  {
    call: 'imagebuilder GetImage',
    times: 1,
    per: 'regionBuilds',
    because: 'the event of an image that is done does not tell its AMI',
  },
  { call: 'ssm PutParameter', times: 1, per: 'regionBuilds', because: 'the AMI is published' },
  {
    call: 'ssm GetParameter',
    times: 1,
    per: 'regionBuilds',
    because: 'AWS checks a value of type aws:ec2:image after it has answered, so it is read back',
  },
  {
    call: 'dynamodb TransactWriteItems',
    times: 7,
    per: 'regionBuilds',
    because:
      'queued, granted with slot and money, running, image known, AMI recorded with the slot given back, active, published: each must be true before the next begins, whoever dies in between',
  },
  {
    call: 'dynamodb GetItem',
    times: 6,
    per: 'regionBuilds',
    because:
      'six functions act on it: start-execution, check-budget, start-image, resume-build, record-image, publish-image',
  },
  {
    call: 'imagebuilder ListImagePackages',
    times: 1,
    per: 'regionBuilds',
    because:
      'what is installed in an AMI says which advisories concern it, and Image Builder does not keep it for ever',
  },
  {
    call: 'dynamodb PutItem',
    times: 1,
    per: 'regionBuilds',
    because: 'so it is kept; it is too long for the transaction that records the AMI',
  },
  {
    call: 'events PutEvents',
    times: 0.6,
    per: 'regionBuilds',
    because:
      'six events of its life go to the bus, ten a call at most: queued, turn, started, image, finished, promoted',
  },
  {
    call: 'sns Publish',
    times: 1,
    per: 'builds',
    because: 'people hear once of each build',
  },
  { call: 'sns Publish', times: 1, per: 'once', because: 'and once of the update' },
];

/** How often each call cannot be done without. */
export function floorOf(volume: Volume): ReadonlyMap<string, number> {
  const floor = new Map<string, number>();
  for (const { call, times, per } of UNAVOIDABLE)
    floor.set(call, (floor.get(call) ?? 0) + times * volume[per]);
  return floor;
}

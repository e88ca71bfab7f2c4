import { DownstreamError } from '../../../local/image-builder/sides.ts';
import type {
  BusEvent,
  IamCheck,
  NewAmi,
  ParentAmi,
  Place,
  Sides,
} from '../../../local/image-builder/sides.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
export const PROFILE = 'auto-ami-build';
export const PROFILE_ROLE = `arn:aws:iam::${ACCOUNT}:role/auto-ami-build`;

export const aParent = (change: Partial<ParentAmi> = {}): ParentAmi => ({
  imageId: 'ami-0006118602dfc1c09',
  name: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
  architecture: 'x86_64',
  platform: 'Linux',
  rootDeviceName: '/dev/xvda',
  ...change,
});

/** AWS around the stand-in, in memory; everything that reached it is kept in order. */
export interface FakeAws {
  readonly sides: Sides;
  readonly events: { readonly place: Place; readonly event: BusEvent }[];
  readonly amis: { readonly place: Place; readonly ami: NewAmi; readonly imageId: string }[];
  readonly parents: Map<string, ParentAmi>;
  readonly parameters: Map<string, string>;
  readonly objects: Map<string, string>;
  /** Every question IAM was asked. */
  readonly checks: IamCheck[];
  /** Actions the key `LIMITED` is denied: `explicit` or only not allowed. */
  readonly denied: Map<string, 'explicitDeny' | 'implicitDeny'>;
}

/** Keys: `test` is the account's root, `LIMITED` a role that may do everything but `denied`. */
export function fakeAws(): FakeAws {
  const events: FakeAws['events'] = [];
  const amis: FakeAws['amis'] = [];
  const parents = new Map([[aParent().imageId, aParent()]]);
  const parameters = new Map<string, string>();
  const objects = new Map<string, string>();
  const checks: IamCheck[] = [];
  const denied: FakeAws['denied'] = new Map();
  const principal = {
    kind: 'principal',
    account: ACCOUNT,
    callerArn: `arn:aws:sts::${ACCOUNT}:assumed-role/compile/session`,
    policySourceArn: `arn:aws:iam::${ACCOUNT}:role/compile`,
  } as const;
  const sides: Sides = {
    ec2: {
      async describeAmi(_place, imageId) {
        return parents.get(imageId);
      },
      async registerAmi(place, ami) {
        if (amis.some((each) => each.place.region === place.region && each.ami.name === ami.name)) {
          throw new DownstreamError(`AMI name ${ami.name} is already in use by another AMI`);
        }
        const imageId = `ami-${String(amis.length + 1).padStart(17, '0')}`;
        amis.push({ place, ami, imageId });
        return { imageId };
      },
    },
    bus: {
      async put(place, event) {
        events.push({ place, event });
      },
    },
    iam: {
      async principalOf({ accessKeyId }) {
        if (accessKeyId === 'test') return { ...principal, root: true };
        if (accessKeyId === 'LIMITED') return { ...principal, root: false };
        return {
          kind: 'unknown',
          code: 'UnrecognizedClientException',
          message: 'The security token included in the request is invalid.',
        };
      },
      async decide(_principal, _place, asked) {
        checks.push(...asked);
        return asked.map(({ action }) => denied.get(action) ?? 'allowed');
      },
      async instanceProfile(place, name) {
        if (name !== PROFILE) return undefined;
        return { arn: `arn:aws:iam::${place.account}:instance-profile/${name}`, roleArns: [PROFILE_ROLE] };
      },
    },
    ssm: {
      async get(_place, name) {
        return parameters.get(name);
      },
      async put(place, { name, value }) {
        parameters.set(`${place.region}${name}`, value);
      },
    },
    s3: {
      async read(_place, bucket, key) {
        return objects.get(`${bucket}/${key}`);
      },
    },
  };
  return { sides, events, amis, parents, parameters, objects, checks, denied };
}

import type {
  Component,
  DistributionConfiguration,
  Image,
  ImageRecipe,
  InfrastructureConfiguration,
} from '@aws-sdk/client-imagebuilder';
import type { FailureContext } from '../build/buildFailure.ts';
import { clientTokens } from '../wire/clientTokens.ts';
import type { ClientTokens } from '../wire/clientTokens.ts';
import type { ComponentDocument } from './componentDocument.ts';
import type { ImageStatus } from './images.ts';
import type { Place } from '../sides.ts';
import { tokenBucket } from '../wire/tokenBucket.ts';
import type { TokenBucket } from '../wire/tokenBucket.ts';

/** A type of the service model of which we always fill in these members. */
type Known<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]-?: NonNullable<T[P]> };

/** `sequence` is the order of creation, as text that sorts. */
interface Sequenced {
  readonly sequence: string;
}

export type StoredComponent = Sequenced & {
  readonly component: Known<
    Component,
    'arn' | 'name' | 'version' | 'platform' | 'type' | 'data' | 'owner' | 'dateCreated' | 'tags'
  >;
  readonly document: ComponentDocument;
};

export type StoredRecipe = Sequenced & {
  readonly recipe: Known<
    ImageRecipe,
    'arn' | 'name' | 'version' | 'platform' | 'components' | 'parentImage' | 'owner' | 'dateCreated' | 'tags'
  >;
};

export type StoredInfrastructure = Sequenced & {
  readonly configuration: Known<
    InfrastructureConfiguration,
    'arn' | 'name' | 'instanceProfileName' | 'dateCreated' | 'tags'
  >;
};

export type StoredDistribution = Sequenced & {
  readonly configuration: Known<
    DistributionConfiguration,
    'arn' | 'name' | 'distributions' | 'dateCreated' | 'tags'
  >;
};

export type StoredImage = Sequenced & {
  /** When it was created, in milliseconds: lists show it only after their lag. */
  readonly createdAt: number;
  /** What `{{ imagebuilder:buildDate }}` stands for. */
  readonly buildDate: number;
  /** Name, name of the parent AMI and architecture, once the build has looked at it. */
  readonly parent?: { readonly imageId: string; readonly name: string; readonly architecture: string };
  /** The account's own component builds in it, as they were when the build started. */
  readonly components: readonly { readonly arn: string; readonly document: ComponentDocument }[];
  readonly image: Known<
    Omit<Image, 'imageRecipe' | 'infrastructureConfiguration' | 'state'>,
    | 'arn'
    | 'name'
    | 'version'
    | 'platform'
    | 'imageTestsConfiguration'
    | 'dateCreated'
    | 'outputResources'
    | 'tags'
  > & {
    readonly imageRecipe: StoredRecipe['recipe'];
    readonly infrastructureConfiguration: StoredInfrastructure['configuration'];
    readonly state: StoredState;
  };
};

export interface StoredState {
  readonly status: ImageStatus;
  readonly reason?: string;
  readonly failureContext?: FailureContext;
}

/** Everything Image Builder keeps for one account in one region, by ARN, in order of creation. */
export interface RegionStore {
  readonly place: Place;
  readonly components: Map<string, StoredComponent>;
  readonly recipes: Map<string, StoredRecipe>;
  readonly infrastructures: Map<string, StoredInfrastructure>;
  readonly distributions: Map<string, StoredDistribution>;
  readonly images: Map<string, StoredImage>;
  readonly tokens: ClientTokens;
  readonly bucket: TokenBucket;
  nextSequence(): string;
  /** The build date of a new image, in milliseconds: no two are the same, so that AMIs named by it do not collide. */
  nextBuildDate(now: number): number;
}

export interface Store {
  at(place: Place): RegionStore;
  all(): readonly RegionStore[];
}

export function memoryStore(rate: {
  readonly perSecond: number;
  readonly burst: number;
  readonly now: () => number;
}): Store {
  const regions = new Map<string, RegionStore>();
  let created = 0;
  let lastBuildDate = 0;
  return {
    at(place) {
      const key = `${place.account}/${place.region}`;
      const found = regions.get(key);
      if (found !== undefined) return found;
      const region: RegionStore = {
        place,
        components: new Map(),
        recipes: new Map(),
        infrastructures: new Map(),
        distributions: new Map(),
        images: new Map(),
        tokens: clientTokens(),
        bucket: tokenBucket(rate.perSecond, rate.burst, rate.now()),
        nextSequence: () => String((created += 1)).padStart(12, '0'),
        nextBuildDate: (now) => (lastBuildDate = Math.max(now, lastBuildDate + 1)),
      };
      regions.set(key, region);
      return region;
    },
    all: () => [...regions.values()],
  };
}

import { partitionOf } from '../../core/base-images/servedIn.ts';

/** Where resources of Image Builder lie. */
export interface ImageBuilderPlace {
  readonly region: string;
  readonly account: string;
}

type Versioned = 'component' | 'image-recipe' | 'image';
type Unversioned = 'infrastructure-configuration' | 'distribution-configuration';

/** The ARN of a resource by its name: names of ours have neither capitals nor underscores, which ARNs would change. */
export function imageBuilderArn(
  place: ImageBuilderPlace,
  ...parts: readonly [Versioned, name: string, version: string] | readonly [Unversioned, name: string]
): string {
  const { region, account } = place;
  return `arn:${partitionOf(region)}:imagebuilder:${region}:${account}:${parts.join('/')}`;
}

/** `arn:…:image/<recipe>/<version>/<build>` taken apart; undefined if it is none. */
export function parseImageArn(
  arn: string,
): { readonly recipe: string; readonly version: string; readonly build: string } | undefined {
  const groups = /:image\/(?<recipe>[^/]+)\/(?<version>[^/]+)\/(?<build>\d+)$/.exec(arn)?.groups;
  const { recipe, version, build } = groups ?? {};
  return recipe === undefined || version === undefined || build === undefined
    ? undefined
    : { recipe, version, build };
}

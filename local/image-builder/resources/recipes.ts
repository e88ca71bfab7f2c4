import { compareVersions, matchesVersion, parseArn, parseVersion } from './names.ts';
import type { RegionStore, StoredRecipe } from './store.ts';

/** The recipe an ARN means: exactly that one, or the highest version that fits a pattern such as `1.x.x`. */
export function findRecipe(store: RegionStore, arn: string): StoredRecipe | undefined {
  const exact = store.recipes.get(arn);
  if (exact !== undefined) return exact;
  const wanted = parseArn(arn);
  return [...store.recipes.values()]
    .filter(({ recipe }) => {
      const { name, owner, region } = parseArn(recipe.arn);
      return (
        name === wanted.name &&
        owner === wanted.owner &&
        region === wanted.region &&
        matchesVersion(wanted.version ?? 'x.x.x', recipe.version)
      );
    })
    .sort((a, b) => compareVersions(parseVersion(a.recipe.version), parseVersion(b.recipe.version)))
    .at(-1);
}

import { PACKAGE_NAME, packageKey } from './names.ts';
import { readList, readName } from './readValues.ts';
import { NO_PACKAGES, PACKAGE_LISTS } from './template.ts';
import type { PackageList, Packages } from './template.ts';
import { fields, isList, items, problem } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/**
 * `packages:` by list. A list that no manager here installs is a problem as soon as it names anything: an image that
 * lacks what its recipe lists must not be built.
 */
export function readPackages(at: Cursor | undefined): Packages {
  if (at === undefined) return NO_PACKAGES;
  if (isList(at)) {
    problem(at, 'the packages stand without their list', {
      suggestion: 'put them below packages.system, .conda or .pip',
    });
    return NO_PACKAGES;
  }
  const packages: Record<PackageList, readonly string[]> = { ...NO_PACKAGES };
  for (const [name, value] of fields(at)) {
    const list = PACKAGE_LISTS.find((candidate) => candidate === name);
    if (list !== undefined) packages[list] = readPackageList(value, list);
    else if (!isList(value) || items(value, 'packages').length > 0) {
      problem(value, `packages of "${name}" cannot be installed`, {
        expected: PACKAGE_LISTS.join(', '),
        suggestion: 'install them by a script below post_install',
      });
    }
  }
  return packages;
}

/** One list: repeated words are one, two versions of the same package are a problem. */
function readPackageList(at: Cursor, list: PackageList): readonly string[] {
  const byKey = new Map<string, string>();
  readList(at, 'a list of packages', (entry) => {
    const spec = readName(entry, PACKAGE_NAME[list], (text) => suggestPackage(text));
    if (spec === undefined) return undefined;
    const other = byKey.get(packageKey(list, spec));
    if (other !== undefined && other !== spec)
      problem(entry, `"${spec}" and "${other}" name the same package`);
    byKey.set(packageKey(list, spec), spec);
    return spec;
  });
  return [...byKey.values()];
}

function suggestPackage(text: string): string | undefined {
  if (/\s/.test(text)) return 'one package per line; version conditions without spaces';
  if (text.startsWith('-')) return 'options cannot be given; run the command in post_install';
  if (/[/:]/.test(text)) return 'files and addresses cannot be given; fetch them in post_install';
  return undefined;
}

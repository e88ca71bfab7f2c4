import { by } from '../../core/by.ts';
import { PACKAGE_LIST_KEPT } from '../../core/keeping.ts';
import { targetKey } from '../../core/words.ts';
import type { PackageChecks, PackageLists } from '../../ports.ts';
import { kept } from './kept.ts';
import type { Writing } from './ownWrites.ts';
import type { Store } from './store.ts';

export function memoryPackageLists({ store, writing, now }: Writing): PackageLists {
  const young = () =>
    [...store.packageLists.values()].filter(({ keptAt }) => now() - keptAt < PACKAGE_LIST_KEPT);
  return {
    of: async ({ amiId }) => young().find(({ ami }) => ami.amiId === amiId)?.packages,
    newestOn: async ({ architecture, baseImageName }) =>
      young()
        .filter(({ ami }) => ami.architecture === architecture && ami.baseImageName === baseImageName)
        .sort(
          by(
            ({ ami }) => -ami.createdAt,
            ({ ami }) => ami.amiId,
          ),
        )[0]?.packages,
    keep: ({ amiId, architecture, baseImageName, createdAt }, packages) =>
      writing.write(() => {
        const ami = { amiId, architecture, baseImageName, createdAt };
        store.packageLists.set(amiId, kept({ ami, packages, keptAt: now() }));
      }),
  };
}

export function memoryPackageChecks(store: Store): PackageChecks {
  return {
    get: async (target) => store.packageChecks.get(targetKey(target)),
    of: async (template) =>
      [...store.packageChecks.values()].filter((check) => check.template === template).sort(by(targetKey)),
  };
}

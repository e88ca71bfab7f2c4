import { by } from '../../core/by.ts';
import type { Change } from '../../core/changes.ts';
import { ACTIVITY_KEPT, ONCE_KEPT, ONCE_LEASE } from '../../core/keeping.ts';
import type { Activity, Clock, Once, Policies, ScanReports, Templates } from '../../ports.ts';
import type { FaultyWriting } from './faults.ts';
import { kept } from './kept.ts';
import type { Store } from './store.ts';

/** What the ports that write by themselves need. */
export interface Writing {
  readonly store: Store;
  readonly writing: FaultyWriting;
  readonly seen: (changes: Change[]) => void;
  readonly now: Clock;
}

export function memoryTemplates({ store, writing, seen }: Writing): Templates {
  return {
    all: async () => [...store.templates.values()].sort(by(({ slug }) => slug)),
    get: async (slug) => store.templates.get(slug),
    save: (template) =>
      writing.write(() => {
        const { slug, revision } = template;
        if ((store.templates.get(slug)?.revision ?? 0) !== revision - 1) return false;
        store.templates.set(slug, kept(template));
        seen([{ kind: 'template', slug, revision }]);
        return true;
      }),
  };
}

export function memoryPolicies({ store, writing, seen }: Writing): Policies {
  const history = () => [...store.policies.values()].sort(by(({ version }) => -version));
  return {
    current: async () => history()[0],
    history: async (limit) => history().slice(0, limit),
    save: (policy) =>
      writing.write(() => {
        const { version, changedBy } = policy;
        if ((history()[0]?.version ?? 0) !== version - 1) return false;
        store.policies.set(version, kept(policy));
        seen([{ kind: 'policy', version, changedBy }]);
        return true;
      }),
  };
}

export function memoryScanReports({ store, writing }: Writing): ScanReports {
  return {
    last: async () => store.scanReport,
    save: (report) => writing.write(() => void (store.scanReport = kept(report))),
  };
}

export function memoryOnce({ store, writing, now }: Writing): Once {
  return {
    begin: (key) =>
      writing.write(() => {
        const found = store.onces.get(key);
        const age = found === undefined ? Infinity : now() - found.begunAt;
        if (found?.done === true && age < ONCE_KEPT) return 'done';
        if (found?.done === false && age < ONCE_LEASE) return 'busy';
        store.onces.set(key, { begunAt: now(), done: false });
        return 'mine';
      }),
    done: (key) => writing.write(() => void store.onces.set(key, { begunAt: now(), done: true })),
  };
}

export function memoryActivity({ store, writing, now }: Writing): Activity {
  return {
    note: (key, entry) =>
      writing.write(() => {
        if (!store.activity.has(key)) store.activity.set(key, kept(entry));
      }),
    recent: async (limit) =>
      [...store.activity.values()]
        .filter(({ at }) => at > now() - ACTIVITY_KEPT)
        .sort(by(({ at }) => -at))
        .slice(0, limit),
  };
}

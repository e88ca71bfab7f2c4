import { isMap, isScalar, parseDocument, type Document } from 'yaml';
import { policyFile, TOP_KEY } from '../../../src/core/policy/keys/policyKeys.ts';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { policyInWords } from '../../../src/core/policy/policyInWords.ts';
import { problemInWords } from '../../../src/core/policy/problem.ts';

export interface Example {
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** What the system does because of each key of the two examples: one sentence, next to the spec's own comment. */
const EFFECTS: Readonly<Record<string, string>> = {
  'seasonal_precompilation.enabled': 'The listed templates are built ahead of each term.',
  'seasonal_precompilation.schedule':
    'Builds are wanted from then on, and the first day of the term is their deadline. Terms come from `calendar`.',
  'seasonal_precompilation.templates':
    "From two weeks before each term until it starts these are kept templates, whether or not they have an AMI yet: what is missing or behind is built by the term's start.",
  'security_updates.critical_window':
    'Deadline of critical builds, from the observation to the promoted AMI; they start at once, outside windows too.',
  'security_updates.high_window':
    'Deadline of high builds; they wait for the urgent window as long as that deadline allows.',
  'security_updates.medium_window':
    'Deadline of medium builds; they wait for the off-peak window as long as that deadline allows, so for a day at most.',
  'security_updates.notify_instructors': 'Notices of updates and rebuilds go to the instructors.',
  'security_updates.notify_students': 'No notice goes to the students.',
  daily_budget:
    'Every day of the year, so also during semester prep, four times the default; what is built ahead of a term is paid from it, and `semester_prep_daily_budget` gives the season a budget of its own.',
  emergency_budget: 'A pot of its own, per calendar month, that pays for critical updates and nothing else.',
  build_window: 'The off-peak window: builds that can wait start in it.',
  semester_prep_window:
    'In this season every hour counts as off-peak and as urgent window: building is not held back.',
  popularity_threshold:
    'A template with that many launches in seven days, and no AMI yet, gets one; where it has one, its launches add to the priority of its rebuilds.',
  budget_tracking: 'Every cost is booked on the grants of its template too, by their shares.',
  prefer_off_peak: 'Builds that can wait do so until the off-peak window opens.',
  preserve_running_instances:
    'Nothing ever restarts or replaces an instance; `stale-instances` names those on older images.',
  notify_before_rebuild: 'Researchers are told when a rebuild is queued, before it starts.',
};

/** docs/policies/keys.md: what each key of the examples resolves to, and a reference of all keys. */
export function keysDocument(examples: readonly Example[], defaults: string): string {
  return [
    '# What the keys of a policy mean',
    'Made from the key table, the two example policies and the default policy by `test/core/policy/keysDocument.test.ts`' +
      ' (`npx vitest run --project unit test/core/policy -u` writes it anew).',
    ...examples.flatMap(exampleSection),
    '## All keys',
    'Below `auto_ami_policy`. A default in italics is what holds if nothing is said; `*` is a name you choose, or a position in a list.',
    referenceTable(defaults),
    '',
  ].join('\n\n');
}

function exampleSection({ file, title, text }: Example): string[] {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemInWords).join('\n'));
  const words = new Map(policyInWords(parsed.policy).map(({ key, words }) => [key, words]));
  const rows = leaves(parseDocument(text)).map(({ key, written, comment }) => {
    const [resolved, effect] = [words.get(key), EFFECTS[key]];
    if (resolved === undefined || effect === undefined) throw new Error(`say what ${key} of ${file} means`);
    return [`\`${key}\``, `\`${written}\``, comment ?? '', resolved, effect];
  });
  return [
    `## ${title} ([${file}](${file}))`,
    table(['Key', 'Written', 'Comment in the specification', 'Resolves to', 'What happens'], rows),
    'Warned of when it is applied as it stands:',
    parsed.warnings.map(({ line, message, instead }) => `- line ${line}: ${message}: ${instead}.`).join('\n'),
  ];
}

interface Leaf {
  readonly key: string;
  readonly written: string;
  readonly comment: string | undefined;
}

function leaves(document: Document): Leaf[] {
  const walk = (node: unknown, path: readonly string[]): Leaf[] => {
    if (isMap(node)) {
      return node.items.flatMap(({ key, value }) =>
        walk(value, [...path, isScalar(key) ? String(key.value) : '']),
      );
    }
    const comment = isScalar(node) ? node.comment?.split('\n')[0]?.trim() : undefined;
    const written = isScalar(node) ? (node.source ?? '') : JSON.stringify(document.getIn([TOP_KEY, ...path]));
    return [{ key: path.join('.'), written, comment }];
  };
  return walk(document.get(TOP_KEY), []);
}

function referenceTable(defaults: string): string {
  const written = new Map(leaves(parseDocument(defaults)).map(({ key, written }) => [key, written]));
  const resolved = new Map(policyInWords(DEFAULT_POLICY).map(({ key, words }) => [key, words]));
  const rows = (policyFile.inner ?? [])
    .filter(({ path }) => path !== TOP_KEY)
    .map(({ path, expected, doc }) => {
      const key = path.slice(TOP_KEY.length + 1);
      const [said, words] = [written.get(key), resolved.get(key)];
      const fallback = said === undefined ? (words === undefined ? '' : `*${words}*`) : `\`${said}\``;
      return [`\`${key}\``, expected, fallback, doc];
    });
  return table(['Key', 'Takes', 'Default', 'Meaning'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

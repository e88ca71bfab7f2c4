import { refuseContradictions } from './checks/contradictions.ts';
import type { PolicyContext } from './checks/checked.ts';
import { warn } from './checks/warnings.ts';
import { policyFile, TOP_KEY } from './keys/policyKeys.ts';
import type { Policy } from './policy.ts';
import type { PolicyProblem, PolicyWarning } from './problem.ts';
import { readDocument } from './reading/document.ts';
import { decode, type Refusal } from './reading/encoding.ts';
import { MAXIMUM_PROBLEMS, startReading } from './reading/reading.ts';
import { resolvePolicy } from './resolve/resolvePolicy.ts';

export type { PolicyContext } from './checks/checked.ts';

export type PolicyParse =
  | { readonly ok: true; readonly policy: Policy; readonly warnings: readonly PolicyWarning[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

const KEY_PATHS = (policyFile.inner ?? []).map(({ path }) => path);

export interface ParseOptions extends PolicyContext {
  /** Name of the file, for messages. */
  readonly source?: string;
}

/**
 * The meaning of a policy file (design §7): every default filled in, or all of its problems, in the order of the file.
 * Values that are fine one by one and contradict each other are problems too; what cannot take effect as written is a
 * warning. A text of any size and shape is answered, in time linear in 256 KB.
 */
export function parsePolicy(input: string | Uint8Array, options: ParseOptions = {}): PolicyParse {
  const { source = null, ...context } = options;
  const decoded = decode(input);
  if (!decoded.ok) return { ok: false, problems: [problemOf(decoded.refusal, source)] };

  const { root, lines, refusals, reliableUntil } = readDocument(decoded.text);
  const reading = startReading({ lines, source, allPaths: KEY_PATHS, reliableUntil });
  const syntax = refusals.map((refusal) => problemOf(refusal, source));
  if (root === null) return { ok: false, problems: syntax.length > 0 ? syntax : [nothing(source)] };

  const said = policyFile.read({ path: '', node: root, offset: root.range[0] }, reading)?.[TOP_KEY];
  if (said !== undefined) refuseContradictions(said, reading);
  const problems = shortened(inOrder([...syntax, ...reading.problems]), source);
  if (problems.length > 0 || said === undefined) return { ok: false, problems };

  const policy = resolvePolicy(said, context.currentMode);
  warn({
    said,
    policy,
    context,
    reading,
    says: (path) => reading.says(`${TOP_KEY}.${path}`),
    warn: (path, message, instead) =>
      reading.warn(path === '' ? TOP_KEY : `${TOP_KEY}.${path}`, message, instead),
  });
  return { ok: true, policy, warnings: inOrder(reading.warnings) };
}

function problemOf({ position, expected, found, suggestion }: Refusal, source: string | null): PolicyProblem {
  return { source, ...position, path: '', expected, found, suggestion };
}

function nothing(source: string | null): PolicyProblem {
  const suggestion = 'docs/policies/default.yaml is one to start from';
  return {
    source,
    line: 1,
    column: 1,
    path: '',
    expected: `a policy with the key ${TOP_KEY}`,
    found: 'nothing',
    suggestion,
  };
}

/** All problems, except in a file that is no policy at all: there the first ones, and how many there are. */
function shortened(problems: readonly PolicyProblem[], source: string | null): readonly PolicyProblem[] {
  const rest = problems.slice(MAXIMUM_PROBLEMS);
  const [first] = rest;
  if (first === undefined) return problems;
  const { line, column } = first;
  const found = `${rest.length.toLocaleString('en-US')} more problems from here on`;
  const more = {
    source,
    line,
    column,
    path: '',
    expected: 'a policy',
    found,
    suggestion: 'is this the right file?',
  };
  return [...problems.slice(0, MAXIMUM_PROBLEMS), more];
}

function inOrder<T extends PolicyProblem | PolicyWarning>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => a.line - b.line || a.column - b.column);
}

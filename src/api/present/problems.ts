import type { PolicyProblem, PolicyWarning } from '../../core/policy/problem.ts';
import type { TemplateProblem } from '../../core/template/problem.ts';
import type { Problem } from '../values.ts';

/** What is wrong with a policy file, as the contract carries it. */
export function policyProblem({
  source,
  line,
  column,
  path,
  expected,
  found,
  suggestion,
}: PolicyProblem): Problem {
  return {
    ...(source === null ? {} : { file: source }),
    line,
    column,
    path,
    message: `found ${found}`,
    expected,
    ...(suggestion === null ? {} : { suggestion }),
  };
}

/** What a policy file says that will not happen as written, and what happens instead. */
export function policyWarning({ source, line, column, path, message, instead }: PolicyWarning): Problem {
  return {
    ...(source === null ? {} : { file: source }),
    line,
    column,
    path,
    message: `${message}: ${instead}`,
  };
}

export function templateProblem({
  file,
  line,
  column,
  path,
  message,
  expected,
  suggestion,
}: TemplateProblem): Problem {
  return {
    file,
    line,
    column,
    path,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

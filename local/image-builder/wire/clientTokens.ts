import { createHash } from 'node:crypto';
import { ServiceError } from './serviceError.ts';

/** Remembers the answers to client tokens of one place. */
export interface ClientTokens {
  /**
   * Runs `run` once per operation and token: the same parameters get the first answer again, also while it is still being made.
   * An answer that was an error is not kept: the retry runs.
   * @throws ServiceError IdempotentParameterMismatchException for other parameters under the same token
   */
  once(operation: string, token: string, parameters: object, run: () => Promise<object>): Promise<object>;
}

/** The same value has the same text, whatever the order of its keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const digest = (value: object): string => createHash('sha256').update(canonical(value)).digest('hex');

export function clientTokens(): ClientTokens {
  const answers = new Map<string, { readonly parameters: string; readonly answer: Promise<object> }>();
  return {
    async once(operation, token, parameters, run) {
      const key = `${operation}\n${token}`;
      const print = digest(parameters);
      const earlier = answers.get(key);
      if (earlier !== undefined) {
        if (earlier.parameters !== print) {
          throw new ServiceError(
            'IdempotentParameterMismatchException',
            `The client token '${token}' was used before with other parameter values.`,
          );
        }
        return earlier.answer;
      }
      const answer = run();
      answers.set(key, { parameters: print, answer });
      answer.catch(() => answers.delete(key));
      return answer;
    },
  };
}

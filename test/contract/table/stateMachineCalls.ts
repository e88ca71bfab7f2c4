import { readFileSync } from 'node:fs';
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../../../src/core/words.ts';

const DEFINITION = new URL('../../../state-machines/compile-template.asl.json', import.meta.url);

/** The call of `AwaitTurn`, from the definition itself. */
export function awaitTurn(
  table: string,
  id: string,
  turn: { token: string; execution: string; at: Instant },
): UpdateItemCommandInput {
  return callOf('AwaitTurn', table, {
    "'REGION_BUILD#' & $states.context.Execution.Input.id": `REGION_BUILD#${id}`,
    '$states.context.Execution.Id': turn.execution,
    '$states.context.Task.Token': turn.token,
    '$string($toMillis($states.context.State.EnteredTime))': String(turn.at),
  });
}

/** The call of `AwaitImage`. */
export function awaitImage(
  table: string,
  id: string,
  image: { arn: string; token: string; execution: string },
): UpdateItemCommandInput {
  return callOf('AwaitImage', table, {
    "'REGION_BUILD#' & $states.context.Execution.Input.id": `REGION_BUILD#${id}`,
    '$states.context.Execution.Id': image.execution,
    '$states.context.Task.Token': image.token,
    '$states.input.imageArn': image.arn,
  });
}

/** Arguments of a state with its expressions replaced; one that is not known here is an error. */
function callOf(state: string, table: string, values: Record<string, string>): UpdateItemCommandInput {
  const definition = readFileSync(DEFINITION, 'utf8').replaceAll('${TableName}', table);
  const { States } = JSON.parse(definition, (_, value: unknown) => {
    const expression = typeof value === 'string' ? /^\{% (.*) %\}$/.exec(value)?.[1] : undefined;
    return expression === undefined ? value : (values[expression] ?? value);
  }) as { States: Record<string, { Arguments: UpdateItemCommandInput }> };
  const call = States[state]!.Arguments;
  if (JSON.stringify(call).includes('{%')) throw new Error(`unknown expression in ${JSON.stringify(call)}`);
  return call;
}

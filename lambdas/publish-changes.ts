import { publishChanges } from '../src/app/publishChanges.ts';
import { lambdaHandler } from '../src/runtime/lambdaHandler.ts';
import { events } from '../src/runtime/parts/events.ts';
import { recordsOf, streamUseCase } from '../src/runtime/streamHandler.ts';

const publish = streamUseCase(publishChanges);

export const handler = lambdaHandler(recordsOf, publish, events, {
  input: (records) => ({ records: records.length }),
});

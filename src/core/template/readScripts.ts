import { knownFields } from './knownFields.ts';
import { readBlock, readInteger, readLine, readList } from './readValues.ts';
import type { Script } from './template.ts';
import { isList, isMapping, problem } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** Longest a single step may be given, twelve hours: Image Builder itself gives up on a build before that. */
export const MAX_TIMEOUT_SECONDS = 43_200;

const KEYS = ['name', 'script', 'timeout_seconds'] as const;

/** `post_install:` (one script, or a list of them) or `build_steps:` (a list of named scripts). */
export function readScripts(at: Cursor | undefined, name: string): readonly Script[] {
  if (at === undefined) return [];
  if (isList(at)) return readList(at, 'a list of scripts', (entry) => readScript(entry, name));
  return isMapping(at) ? oneOrNone(readScript(at, name)) : oneOrNone(readText(at, name));
}

function readScript(at: Cursor, name: string): Script | undefined {
  if (!isMapping(at)) return readText(at, name);
  const given = knownFields(at, KEYS, 'tell');
  const label = given.name === undefined ? undefined : readLine(given.name, 'the name of the step');
  const timeout =
    given.timeout_seconds === undefined
      ? undefined
      : readInteger(given.timeout_seconds, 1, MAX_TIMEOUT_SECONDS);
  if (given.script === undefined)
    problem(at, 'the step has no script', { expected: 'script: | followed by shell commands' });
  const read = given.script === undefined ? undefined : readText(given.script, name);
  if (read === undefined) return undefined;
  return { ...read, name: label ?? name, ...(timeout === undefined ? {} : { timeoutSeconds: timeout }) };
}

/** Nothing but white space is no script. */
function readText(at: Cursor, name: string): Script | undefined {
  const script = readBlock(at, 'a shell script');
  return script === undefined || script.trim() === '' ? undefined : { name, script: `${script.trimEnd()}\n` };
}

function oneOrNone(script: Script | undefined): readonly Script[] {
  return script === undefined ? [] : [script];
}

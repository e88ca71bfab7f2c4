import { knownFields } from './knownFields.ts';
import { SERVICE_NAME, USER_NAME } from './names.ts';
import { readBlock, readFlag, readInteger, readLine, readList, readName } from './readValues.ts';
import type { Service } from './template.ts';
import { isMapping, problem } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

const KEYS = ['name', 'port', 'config', 'enable', 'command', 'user'] as const;

/** `services:`, each a name or a mapping. A service named twice in one file is a problem. */
export function readServices(at: Cursor | undefined): readonly Service[] {
  const seen = new Set<string>();
  return readList(at, 'a list of services', (entry) => {
    const service = readService(entry);
    if (service !== undefined && seen.has(service.name))
      problem(entry, `the service "${service.name}" is listed twice`);
    if (service !== undefined) seen.add(service.name);
    return service;
  });
}

function readService(at: Cursor): Service | undefined {
  if (!isMapping(at)) {
    const name = readServiceName(at);
    return name === undefined ? undefined : { name, config: [] };
  }
  const given = knownFields(at, KEYS, 'tell');
  if (given.name === undefined) problem(at, 'the service has no name', { expected: SERVICE_NAME.expected });
  const name = given.name === undefined ? undefined : readServiceName(given.name);
  // Zero is how CloudWorkstation writes "no port".
  const port = given.port === undefined ? undefined : readInteger(given.port, 0, 65_535);
  const enable = given.enable === undefined ? undefined : readFlag(given.enable);
  const command = given.command === undefined ? undefined : readCommand(given.command);
  const user = given.user === undefined ? undefined : readName(given.user, USER_NAME);
  const config = readList(given.config, 'a list of configuration lines', (line) => readConfigLine(line));
  if (name === undefined) return undefined;
  return {
    name,
    config,
    ...(port === undefined || port === 0 ? {} : { port }),
    ...(enable === undefined ? {} : { enable }),
    ...(command === undefined ? {} : { command }),
    ...(user === undefined ? {} : { user }),
  };
}

function readServiceName(at: Cursor): string | undefined {
  return readName(at, SERVICE_NAME)?.replace(/\.service$/, '');
}

/** systemd starts a unit's command itself, without a shell, and wants its path. */
function readCommand(at: Cursor): string | undefined {
  const command = readLine(at, 'a command of one line, starting with an absolute path');
  if (command?.endsWith('\\'))
    problem(at, 'the command ends in a backslash, which would continue it on the next line');
  if (command === undefined || command.startsWith('/')) return command;
  problem(at, `"${command.slice(0, 80)}" does not start with an absolute path`, {
    suggestion: 'write /usr/bin/… , or /bin/sh -c "…" for shell syntax',
  });
  return undefined;
}

function readConfigLine(at: Cursor): string | undefined {
  const line = readBlock(at, 'a line of configuration');
  if (line === undefined) return undefined;
  if (!line.trimEnd().includes('\n')) return line.trimEnd();
  problem(at, 'a configuration line holds several lines', { suggestion: 'write one entry per line' });
  return undefined;
}

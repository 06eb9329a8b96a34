import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, wantsJson } from '../../electron/cli/arguments';
import type { Invocation } from '../../electron/cli/arguments';
import { commands } from '../../electron/cli/commands/index';
import { viewParams } from '../../electron/cli/flag-values';
import { Failure } from '../../shared/errors';

const parse = (...words: string[]): Invocation => {
  const request = parseArguments(words, commands);
  if (request.kind !== 'run') throw new Error(`understood as ${request.kind}`);
  return request.invocation;
};

const failureOf = (...words: string[]): Failure => {
  try {
    parseArguments(words, commands);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

const codeOf = (...words: string[]): string => failureOf(...words).code;

describe('flags', () => {
  it('take their value after a space or after an equals sign', () => {
    expect(parse('view', 'facets', '--tenant', 'acme').values.get('tenant')).toEqual(['acme']);
    expect(parse('view', 'facets', '--tenant=acme').values.get('tenant')).toEqual(['acme']);
    expect(parse('view', 'facets', '--page=a=b==').values.get('page')).toEqual(['a=b==']);
  });

  it('stand anywhere after or before the command', () => {
    const everywhere = [['--json', 'view', '--data-dir=d', 'facets'], ['view', 'facets', '--data-dir', 'd', '--json'], ['view', '--json', '--data-dir', 'd', 'facets']];
    for (const words of everywhere) {
      const { command, values, positionals } = parse(...words);
      expect(command.name).toBe('view');
      expect(positionals).toEqual(['facets']);
      expect([...values.keys()].sort()).toEqual(['data-dir', 'json']);
    }
  });

  it('do not take the next flag for a value', () => {
    expect(codeOf('status', '--tenant', '--json')).toBe('usage.flag-missing');
    expect(failureOf('status', '--tenant').message).toBe('status needs a value for --tenant');
  });

  it('may have a value of one dash, and one that starts with a dash', () => {
    expect(parse('connect', '--client-secret-file', '-').values.get('client-secret-file')).toEqual(['-']);
    expect(parse('view', 'facets', '--tenant=--odd').values.get('tenant')).toEqual(['--odd']);
  });

  it('are refused when they are empty, or given a value they do not take', () => {
    expect(failureOf('status', '--tenant=').message).toBe('--tenant cannot be empty');
    expect(codeOf('status', '--json=yes')).toBe('usage.value-invalid');
  });

  it('are refused when they contradict themselves, not when they repeat themselves', () => {
    expect(codeOf('status', '--tenant', 'a', '--tenant', 'b')).toBe('usage.flag-repeated');
    expect(parse('status', '--tenant', 'a', '--tenant', 'a', '--json', '--json').values.get('tenant')).toEqual(['a', 'a']);
  });

  it('of another command, and unknown ones, are refused by name', () => {
    expect(failureOf('status', '--follow', '5').report()).toMatchObject({ code: 'usage.flag-unknown', title: 'status has no flag --follow' });
    expect(codeOf('status', '--nonsense')).toBe('usage.flag-unknown');
    expect(codeOf('status', '-x')).toBe('usage.flag-unknown');
    expect(codeOf('status', '--__proto__=1')).toBe('usage.flag-unknown');
    expect(codeOf('status', '--constructor')).toBe('usage.flag-unknown');
  });
});

describe('secrets among the arguments', () => {
  const spellings = [
    ['connect', '--client-secret', 'hunter2'], ['connect', '--client-secret=hunter2'], ['--client-secret', 'hunter2', 'connect'],
    ['status', '--passphrase', 'hunter2'], ['--passphrase=hunter2', 'status'], ['--client-secret', 'hunter2', '--help'],
  ];
  it.each(spellings.map(words => [words]))('are refused without being repeated: %j', words => {
    const failure = failureOf(...words);
    expect(failure.code).toBe('usage.secret-in-arguments');
    expect(JSON.stringify(failure.report())).not.toContain('hunter2');
    expect(failure.hint).toMatch(/-file FILE/);
  });
});

describe('commands', () => {
  it('that do not exist are named', () => {
    expect(failureOf('nosuch', '--json').message).toBe('There is no command nosuch');
    expect(codeOf('constructor')).toBe('usage.command-unknown');
    expect(codeOf()).toBe('usage.command-missing');
    expect(codeOf('--json')).toBe('usage.command-missing');
  });

  it.each(['findings', 'forward'])('of later versions say so: %s', name => {
    expect(failureOf(name, '--tenant', 'sample', '--whatever').report()).toMatchObject({ code: 'usage.not-available', title: `The command ${name} is not part of this version` });
  });

  it('have flags of later versions that say so', () => {
    expect(codeOf('export', 'audit-timeline', '--redact', 'mask')).toBe('usage.not-available');
    expect(codeOf('export', 'audit-timeline', '--customer=acme')).toBe('usage.not-available');
    expect(codeOf('view', 'audit-timeline', '--redact=mask')).toBe('usage.flag-unknown');
  });

  it('refuse words they have no use for', () => {
    expect(codeOf('view', 'facets', 'more')).toBe('usage.argument-unexpected');
    expect(codeOf('status', 'acme')).toBe('usage.argument-unexpected');
    expect(parse('import', '--tenant', 'a', '1', '2', '-', '--', '--json').positionals).toEqual(['1', '2', '-', '--json']);
  });

  it('explain themselves wherever --help stands, however wrong the rest', () => {
    expect(parseArguments(['--help'], commands)).toEqual({ kind: 'help', command: null });
    expect(parseArguments(['-h'], commands)).toEqual({ kind: 'help', command: null });
    expect(parseArguments(['view', '--nonsense', '--help'], commands)).toMatchObject({ kind: 'help', command: { name: 'view' } });
    expect(parseArguments(['view', '--version'], commands)).toEqual({ kind: 'version' });
  });
});

describe('the wish for JSON', () => {
  it('is heard even when the rest is wrong, and not behind two dashes', () => {
    expect(wantsJson(['nosuch', '--tenant', '--json'])).toBe(true);
    expect(wantsJson(['import', '--tenant', 'a', '--', '--json'])).toBe(false);
  });
});

describe('view parameters', () => {
  it('keep everything behind the first equals sign, and gather under one name', () => {
    const invocation = parse('view', 'facets', '--param', 'q=a=b', '--param=q=', '--param', 'type=fp', '--param', '__proto__=x');
    expect(Object.entries(viewParams(invocation))).toEqual([['q', ['a=b', '']], ['type', ['fp']], ['__proto__', ['x']]]);
  });

  it.each(['nothing', '=value'])('need a name and an equals sign: %s', text => {
    expect(() => viewParams(parse('view', 'facets', '--param', text))).toThrow(Failure);
  });

  it('come back as they were given', () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,10}$/);
    const pairs = fc.array(fc.tuple(name, fc.string({ unit: 'grapheme', maxLength: 20 })), { maxLength: 12 });
    fc.assert(fc.property(pairs, given => {
      const invocation = parse('view', 'facets', ...given.map(([key, value]) => `--param=${key}=${value}`));
      const expected = new Map<string, string[]>();
      for (const [key, value] of given) expected.set(key, [...(expected.get(key) ?? []), value]);
      expect(new Map(Object.entries(viewParams(invocation)))).toEqual(expected);
    }), { seed: 20261121, numRuns: 200 });
  });
});

describe('any words at all', () => {
  it('are understood or refused as usage, never anything else', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('view', 'export', '--tenant', '--param', '--json', '--', '-', '--out=', '--=x', '-abc', '--help=1', '--no-json'));
    fc.assert(fc.property(fc.array(word, { maxLength: 8 }), words => {
      try {
        parseArguments(words, commands);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        expect((error as Failure).exitCode).toBe(2);
      }
    }), { seed: 20261121, numRuns: 500 });
  });
});

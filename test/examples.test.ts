import { compileFunction } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { sourceFiles, type SourceFile } from './architecture/source-files.ts';

/** One line of a docstring: an expression, and what it gives. */
interface Example {
  readonly path: string;
  readonly expression: string;
  readonly result: string;
}

const examplesIn = ({ path, text }: SourceFile): readonly Example[] =>
  [...text.matchAll(/^ \* @example (.*)$/gm)].map((match) => {
    const [, expression, result] = /^(.+) \/\/ (.+)$/.exec(match[1]!) ?? [];
    if (!expression || !result) throw new SyntaxError(`${path}: an example reads "call // result", not "${match[1]}"`);
    return { path, expression, result };
  });

const evaluate = (code: string, scope: Readonly<Record<string, unknown>>): unknown =>
  compileFunction(`return (${code})`, Object.keys(scope))(...Object.values(scope));

const examples = [...sourceFiles('events'), ...sourceFiles('shared'), ...sourceFiles('services')].flatMap(examplesIn);
const modules = await Promise.all(
  [...new Set(examples.map((it) => it.path))].map(
    async (path): Promise<object> => import(new URL(`../${path}`, import.meta.url).href),
  ),
);
// An example may use what other documented modules export.
const scope: Readonly<Record<string, unknown>> = Object.assign({}, ...modules);

describe('an example in a docstring is true:', () => {
  it.each(examples)('$path: $expression', ({ expression, result }) => {
    expect(evaluate(expression, scope)).toEqual(evaluate(result, scope));
  });

  it('there are some, and no two exports that they use share a name', () => {
    expect(examples.length).toBeGreaterThan(10);
    expect(Object.keys(scope)).toHaveLength(modules.flatMap((it) => Object.keys(it)).length);
  });

  it('a wrong one would be noticed', () => {
    const [planted] = examplesIn({ path: 'x.ts', text: "/**\n * @example count('12') // 13\n */" });

    expect(evaluate(planted!.expression, scope)).not.toEqual(evaluate(planted!.result, scope));
    expect(() => examplesIn({ path: 'x.ts', text: " * @example count('12')\n" })).toThrow('call // result');
  });
});

import type { SourceFile } from './source-files.ts';

const MAX_LINES = 200;
/** A test's cases may run on where its subject may not. */
const MAX_TEST_LINES = 300;
/** A pipeline's definition is a table of columns, as long as its documents are wide. */
const isDefinition = (path: string): boolean =>
  /^services\/(extract|load)\/pipelines\/(?!definition\.|registry\.)[^/]+\.ts$/.test(path);
const MAX_HANDLER_LINES = 30;

/** How many lines a file has. */
export const linesOf = ({ text }: Pick<SourceFile, 'text'>): number => text.replace(/\n$/, '').split('\n').length;

const isTest = (path: string): boolean => /(^|\/)test\/|\.test\.ts$/.test(path);

/** Files that are too long to be one idea, and handlers that do more than wire. */
export const lengthFaults = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((file) => {
    const lines = linesOf(file);
    const most = isTest(file.path) ? MAX_TEST_LINES : MAX_LINES;
    if (lines > most && !isDefinition(file.path)) return [`${file.path} has ${lines} lines, more than ${most}`];
    if (!/^services\/[^/]+\/handler\.ts$/.test(file.path)) return [];
    if (lines > MAX_HANDLER_LINES) return [`${file.path} has ${lines} lines, more than ${MAX_HANDLER_LINES}`];
    return /\bif\b| \? /.test(file.text) ? [`${file.path} decides something: a handler only wires`] : [];
  });

const FOLDER = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.ts$/;
const DRAWERS = /^(utils?|helpers?|commons?|misc)(\.|$)/;

/** Names that are not kebab-case, or say nothing: drawers, and barrels. */
export const nameFaults = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const folders = path.split('/');
    const file = folders.pop()!;
    if (!FILE.test(file) || !folders.every((it) => FOLDER.test(it))) return [`${path} is not kebab-case`];
    if ([...folders, file].some((it) => DRAWERS.test(it))) return [`${path} is a drawer: name it by what is in it`];
    return file === 'index.ts' ? [`${path} is a barrel: import from where things are`] : [];
  });

/** Lines that write to the console instead of the log; tests may hold such lines as text, and lint looks after their code. */
export const consoleFaults = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter((it) => !isTest(it.path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          /^(?!\s*(\*|\/\/)).*\bconsole\.\w+\(/.test(line) ? [`${path}:${index + 1} uses the console`] : [],
        ),
    );

const STATEMENT = /export const (\w+) = (?:(?!\nexport )[\s\S])*?sql\('([^']+)'\)/g;

/** A service's statements, by the function that makes each. */
export const statementsIn = (
  files: readonly SourceFile[],
): readonly { readonly maker: string; readonly name: string }[] =>
  files.flatMap(({ text }) => [...text.matchAll(STATEMENT)].map((it) => ({ maker: it[1]!, name: it[2]! })));

/** Statements that are not named like their function, have no golden file, or golden files of no statement. */
export const statementFaults = (
  service: string,
  statements: readonly { readonly maker: string; readonly name: string }[],
  goldens: readonly string[],
): readonly string[] => {
  const kebab = (text: string): string => text.replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`);
  const shown = goldens.map((it) => it.split('.')[0]!);
  return [
    ...statements
      .filter((it) => kebab(it.maker) !== it.name)
      .map((it) => `${service}: ${it.maker} makes a statement named ${it.name}`),
    ...statements.filter((it) => !shown.includes(it.name)).map((it) => `${service}: ${it.name} has no golden file`),
    ...shown
      .filter((name) => name !== 'drop-temp' && !statements.some((it) => it.name === name))
      .map((name) => `${service}: golden/${name}.sql is of no statement`),
  ];
};

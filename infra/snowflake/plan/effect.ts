import type { Statement } from '../../../shared/sql/statement.ts';
import { shapeOf, type Shape } from './shape.ts';

/** What one statement of a definition brings about, as far as an account can be asked for it; names without quotes. */
export type Effect =
  | {
      readonly does: 'create';
      readonly kind: string;
      readonly name: string;
      readonly shape: Shape;
      readonly takes: string;
    }
  | {
      readonly does: 'define';
      readonly kind: 'PROCEDURE' | 'TASK';
      readonly name: string;
      readonly text: string;
      readonly takes: string;
    }
  | { readonly does: 'add column'; readonly kind: 'TABLE'; readonly name: string; readonly column: string }
  | { readonly does: 'add row'; readonly kind: 'TABLE'; readonly name: string }
  | {
      readonly does: 'grant';
      readonly role: string;
      readonly privileges: readonly string[];
      readonly kind: string;
      readonly name: string;
    }
  | {
      readonly does: 'grant all';
      readonly role: string;
      readonly privilege: string;
      readonly schema: string;
      readonly future: boolean;
    }
  | { readonly does: 'grant role'; readonly role: string; readonly kind: 'ROLE' | 'USER'; readonly name: string }
  | {
      readonly does: 'set';
      readonly kind: 'USER';
      readonly name: string;
      readonly property: string;
      readonly value: string;
    }
  | { readonly does: 'suspend' | 'resume'; readonly kind: 'TASK'; readonly name: string };

const NAME = String.raw`((?:"[^"]+"\.?)+)`;
const plain = (quoted: string): string => quoted.replaceAll('"', '');
/** A text without the accidents of its layout. */
export const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** `(number, varchar)` of `(ROWS number, NAME varchar) returns ...`. */
const typesIn = (text: string): string =>
  `(${text
    .slice(text.indexOf('(') + 1, text.indexOf(')'))
    .split(',')
    .map((it) => it.trim().split(/\s+/).slice(1).join(' '))
    .filter((it) => it !== '')
    .join(', ')})`;

const created = (text: string, kind: string, name: string, takes = ''): Effect => ({
  does: 'create',
  kind: kind.toUpperCase(),
  name: plain(name),
  shape: shapeOf(kind.toUpperCase(), text),
  takes,
});

type Reader = readonly [RegExp, (found: readonly string[]) => Effect];

const READERS: readonly Reader[] = [
  [
    new RegExp(`^create or replace (procedure|task) ${NAME}(.*)$`, 's'),
    ([, kind, name, text]) => ({
      does: 'define',
      kind: kind!.toUpperCase() as 'PROCEDURE' | 'TASK',
      name: plain(name!),
      takes: kind === 'task' ? '' : typesIn(text!),
      text: folded(kind === 'task' ? text! : text!.slice(text!.indexOf('$$') + 2, text!.lastIndexOf('$$'))),
    }),
  ],
  [
    new RegExp(`^create or replace external (function) ${NAME}(.*)$`, 's'),
    ([all, kind, name, text]) => created(all!, kind!, name!, typesIn(text!)),
  ],
  [
    new RegExp(`^create (?:transient )?([a-z ]+?) if not exists ${NAME}.*$`, 's'),
    ([all, kind, name]) => created(all!, kind!, name!),
  ],
  [
    new RegExp(`^alter table ${NAME} add column if not exists "?(\\w+)"?`, 's'),
    ([, name, column]) => ({ does: 'add column', kind: 'TABLE', name: plain(name!), column: column! }),
  ],
  [new RegExp(`^insert into ${NAME}`, 's'), ([, name]) => ({ does: 'add row', kind: 'TABLE', name: plain(name!) })],
  [
    new RegExp(`^grant (\\w+) on (all|future) tables in schema ${NAME} to role ${NAME}$`, 's'),
    ([, privilege, which, schema, role]) => ({
      does: 'grant all',
      privilege: privilege!.toUpperCase(),
      future: which === 'future',
      schema: plain(schema!),
      role: plain(role!),
    }),
  ],
  [
    new RegExp(`^grant role ${NAME} to (role|user) ${NAME}$`, 's'),
    ([, role, kind, name]) => ({
      does: 'grant role',
      role: plain(role!),
      kind: kind!.toUpperCase() as 'ROLE' | 'USER',
      name: plain(name!),
    }),
  ],
  [
    new RegExp(`^grant ([a-z, ]+) on ([a-z ]+?) ${NAME}(?:\\(.*\\))? to role ${NAME}(?: copy current grants)?$`, 's'),
    ([, privileges, kind, name, role]) => ({
      does: 'grant',
      privileges: privileges!.toUpperCase().split(/\s*,\s*/),
      kind: kind!.toUpperCase(),
      name: plain(name!),
      role: plain(role!),
    }),
  ],
  [
    new RegExp(`^grant ([a-z ]+) on account to role ${NAME}$`, 's'),
    ([, privilege, role]) => ({
      does: 'grant',
      privileges: [privilege!.toUpperCase()],
      kind: 'ACCOUNT',
      name: '',
      role: plain(role!),
    }),
  ],
  [
    new RegExp(`^alter user ${NAME} set (\\w+) = (.*)$`, 's'),
    ([, name, property, value]) => ({
      does: 'set',
      kind: 'USER',
      name: plain(name!),
      property: property!.toUpperCase(),
      value: value!.replace(/^'(.*)'$/s, '$1'),
    }),
  ],
  [
    new RegExp(`^alter task ${NAME} (suspend|resume)$`, 's'),
    ([, name, does]) => ({ does: does as 'suspend' | 'resume', kind: 'TASK', name: plain(name!) }),
  ],
];

/** Reads what a statement of the definition brings about; throws for one that no account could be asked about. */
export const effectOf = ({ name, text }: Statement): Effect => {
  for (const [pattern, read] of READERS) {
    const found = pattern.exec(text.trim());
    if (found) return read(found);
  }
  throw new Error(`${name} does what no plan can tell: ${text.slice(0, 80)}`);
};

import { describe, expect, it } from '@jest/globals';
import { Cursor } from '../cursor.ts';
import { tokenize } from '../lexer.ts';
import { splitStatements } from '../split.ts';
import { SnowflakeError } from '../../contract.ts';

const kinds = (sql: string): string[] => tokenize(sql).map(({ kind, value }) => `${kind} ${value}`.trim());

describe('tokens', () => {
  it('folds words, keeps quoted names, resolves escapes in strings', () => {
    expect(kinds(`select "a""b", 'it''s\\n\\'x\\'' , $$a'b$$`)).toEqual([
      'word SELECT',
      'quoted a"b',
      'operator ,',
      "string it's\n'x'",
      'operator ,',
      "string a'b",
      'end',
    ]);
  });

  it('skips all three kinds of comments but not the slashes of a file address', () => {
    expect(kinds(`a -- b ; '\n/* c */ d // e\nPUT file:///tmp/x.csv @~`)).toEqual([
      'word A',
      'word D',
      'word PUT',
      'uri file:///tmp/x.csv',
      'stage ~',
      'end',
    ]);
  });

  it('tells binds from paths and casts', () => {
    expect(kinds('src:a.b::int = :1 AND x[0]:c = :name OR ?')).toEqual([
      'word SRC',
      'operator :',
      'word A',
      'operator .',
      'word B',
      'operator ::',
      'word INT',
      'operator =',
      'bind 1',
      'word AND',
      'word X',
      'operator [',
      'number 0',
      'operator ]',
      'operator :',
      'word C',
      'operator =',
      'bind NAME',
      'word OR',
      'bind ?',
      'end',
    ]);
  });

  it('reads a stage with its path as one token', () => {
    expect(kinds('(@"My Db".s.stage/2021-08/a=1//f.csv, @%t)')[1]).toBe('stage "My Db".s.stage/2021-08/a=1//f.csv');
  });

  it('knows line and position, also after a string over several lines', () => {
    const token = tokenize("select 'a\nb'\n  , x").at(-2)!;
    expect([token.line, token.position]).toEqual([3, 4]);
  });

  it('refuses what does not end', () => {
    expect(() => tokenize("select 'abc")).toThrow(SnowflakeError);
    expect(() => tokenize('select 1 /* abc')).toThrow('syntax error line 1 at position 9');
  });
});

describe('statements', () => {
  it('splits at semicolons outside strings and comments, and drops empty ones', () => {
    expect(splitStatements("select ';' ; -- ;\n; select 2;").map(({ text }) => text)).toEqual([
      "select ';'",
      'select 2',
    ]);
  });

  it('keeps a Scripting block whole, whatever it nests', () => {
    const block = `declare x int; begin
      begin transaction; let y := case when 1=1 then 2 end; commit;
      if (x = 1) then begin select 1; end; end if;
      for r in c do case (x) when 1 then y := 2; end case; end for;
    end`;
    expect(splitStatements(`select 1; ${block}; select 2`).map(({ text }) => text)).toEqual([
      'select 1',
      block,
      'select 2',
    ]);
  });

  it('takes BEGIN alone as the start of a transaction', () => {
    expect(splitStatements('begin; insert into t values (1); commit').map(({ text }) => text)).toEqual([
      'begin',
      'insert into t values (1)',
      'commit',
    ]);
  });

  it('keeps the body of a procedure or task that is a bare block', () => {
    expect(splitStatements('create task t as begin select 1; select 2; end; select 3')).toHaveLength(2);
  });
});

describe('a cursor', () => {
  it('reads names, lists and options', () => {
    const cursor = new Cursor(tokenize('create table if not exists "x".y..z (a, b) c'));
    cursor.expect('CREATE', 'TABLE');
    expect(cursor.accept('IF', 'NOT', 'EXISTS')).toBe(true);
    expect(cursor.name()).toEqual(['x', 'Y', '', 'Z']);
    expect(cursor.list(() => cursor.identifier())).toEqual(['A', 'B']);
    expect(() => cursor.finish()).toThrow("unexpected 'c'");
  });
});

import type { Expression } from '../expression.ts';

const TABLE = 'CREATE OR REPLACE TABLE dml (k INT, v VARCHAR(5), n INT DEFAULT 7)';

/** Statements on a table of its own, then what is to be seen. */
const after = (...statements: readonly string[]): string => [TABLE, ...statements].join(';\n');

const ALL = "SELECT LISTAGG(k || NVL(v, '-') || NVL(n, 0), ' ') WITHIN GROUP (ORDER BY k) FROM dml";

/** Statements and what they leave on Snowflake. */
export const DML: readonly Expression[] = [
  [after("INSERT INTO dml (k, v) VALUES (1, 'a'), (2, NULL)", ALL), '1a7 2-7'],
  [after("INSERT INTO dml VALUES (1, 'a', 2)", 'UPDATE dml SET n = DEFAULT, v = v || k', ALL), '1a17'],
  [after("INSERT INTO dml VALUES (1, 'a')"), '!! expecting 3 but got 2'],
  [after("INSERT INTO dml (k, v) VALUES (1, 'too long')"), '!! is too long and would be truncated'],
  [after("INSERT INTO dml (k, nope) VALUES (1, 'a')"), "!! invalid identifier 'NOPE'"],
  [
    after(
      "INSERT INTO dml VALUES (1, 'a', 1), (2, 'b', 2)",
      "MERGE INTO dml USING (SELECT 2 k, 'z' v UNION ALL SELECT 3, 'c') s ON dml.k = s.k WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (k, v) VALUES (s.k, UPPER(s.v))",
      ALL,
    ),
    '1a1 2z2 3C7',
  ],
  [
    after(
      "INSERT INTO dml VALUES (1, 'a', 1)",
      "MERGE INTO dml USING (SELECT 1 k UNION ALL SELECT 2) s ON dml.k = s.k WHEN MATCHED THEN UPDATE SET n = DEFAULT WHEN NOT MATCHED THEN INSERT (k, v, n) VALUES (s.k, 'z', DEFAULT)",
      ALL,
    ),
    '1a7 2z7',
  ],
  [
    after(
      "INSERT INTO dml VALUES (1, 'a', 1)",
      "MERGE INTO dml USING (SELECT 1 k UNION ALL SELECT 1) s ON dml.k = s.k WHEN MATCHED THEN UPDATE SET v = 'x'",
    ),
    '!! Duplicate row detected during DML action',
  ],
  [
    after(
      "INSERT INTO dml VALUES (1, 'a', 1), (2, 'b', 2)",
      "UPDATE dml d SET v = s.v FROM (SELECT 2 k, 'q' v) s WHERE d.k = s.k",
      'DELETE FROM dml USING (SELECT 1 k) s WHERE dml.k = s.k',
      ALL,
    ),
    '2q2',
  ],
  [after("INSERT OVERWRITE INTO dml (k, v) SELECT 5, 'o'", ALL), '5o7'],
  [
    after(
      'INSERT FIRST WHEN x > 2 THEN INTO dml (k) VALUES (x * 10) ELSE INTO dml (k, n) VALUES (x, 0) SELECT column1 x FROM VALUES (1), (3)',
      ALL,
    ),
    '1-0 30-7',
  ],
  [after('DROP TABLE dml', 'SELECT k FROM dml'), "!! Object 'DML' does not exist or not authorized."],
  [
    "CREATE OR REPLACE TABLE m (id INT, date DATE, type VARCHAR, \"order\" INT);\nINSERT INTO m VALUES (1, NULL, NULL, 1);\nMERGE INTO m m USING (SELECT 1 id, '2024-01-02'::DATE date, 'x' type UNION ALL SELECT 2, '2024-01-03', 'y') s ON m.id = s.id WHEN MATCHED THEN UPDATE SET m.date = CASE WHEN s.id = 1 THEN s.date END, type = s.type WHEN NOT MATCHED THEN INSERT (id, date, type, \"order\") VALUES (s.id, s.date, s.type, 9);\nSELECT LISTAGG(id || date || type || \"order\", ' ') WITHIN GROUP (ORDER BY id) FROM m",
    '12024-01-02x1 22024-01-03y9',
  ],
  [
    after(
      "INSERT INTO dml VALUES (1, 'a', 1)",
      "UPDATE dml m SET m.v = s.v FROM (SELECT 1 k, 'q' v) s WHERE m.k = s.k",
      ALL,
    ),
    '1q1',
  ],
  [
    "CREATE OR REPLACE TABLE dml (k INT);\nSET target = 'public.dml';\nINSERT INTO IDENTIFIER($target) VALUES (1), (2);\nUPDATE IDENTIFIER('dml') SET k = 5 WHERE k = 1;\nDELETE FROM IDENTIFIER($target) WHERE k = 2;\nSELECT SUM(k) FROM IDENTIFIER($target)",
    '5',
  ],
  [
    "SET db = 'named_db';\nCREATE DATABASE IF NOT EXISTS IDENTIFIER($db);\nCREATE SCHEMA IDENTIFIER('named_db.raw');\nCREATE TABLE IDENTIFIER('named_db.raw.t') (a INT);\nALTER TABLE IDENTIFIER('named_db.raw.t') ADD COLUMN b INT;\nDROP TABLE IDENTIFIER('named_db.raw.t');\nDROP DATABASE IDENTIFIER($db);\nUSE SCHEMA test.public;\nSELECT COUNT(*) FROM INFORMATION_SCHEMA.DATABASES WHERE database_name = 'NAMED_DB'",
    '0',
  ],
  [
    "CREATE OR REPLACE TABLE times (a TIMESTAMP_NTZ(0), b BINARY(2));\nINSERT INTO times (a) VALUES ('2024-01-01 10:00:00.789');\nSELECT a FROM times",
    '2024-01-01 10:00:00',
  ],
  ["INSERT INTO times (b) SELECT TO_BINARY('010203');\nSELECT 1", '!! is too long and would be truncated'],
  ['INSERT INTO times (a, a) VALUES (1, 2);\nSELECT 1', "!! duplicate column name 'A'"],
  [
    `CREATE TEMP TABLE FIRST_TYPED (V VARCHAR);\nINSERT INTO FIRST_TYPED VALUES (3), ('d');\nSELECT COUNT(*) FROM FIRST_TYPED`,
    `!! Numeric value 'd' is not recognized`,
  ],
  [
    `CREATE TEMP TABLE STRUCTURED (M MAP(VARCHAR, VARCHAR), A ARRAY(VARCHAR), O OBJECT(n INT, "B c" VARCHAR));\nINSERT INTO STRUCTURED SELECT {'color': 'red', 'size': 'M'}::MAP(VARCHAR, VARCHAR), ['color']::ARRAY(VARCHAR), {'n': 1, 'B c': 'x'}::OBJECT(n INT, "B c" VARCHAR);\nSELECT MAP_PICK(M, A)::OBJECT::VARCHAR || A[0] || (O:n + 1) || O:"B c" FROM STRUCTURED`,
    '{"color":"red"}color2x',
  ],
  [`INSERT INTO STRUCTURED (A) SELECT ['a'];\nSELECT 1`, '!! expecting ARRAY(VARCHAR) but got ARRAY for column A'],
  [
    `CREATE TEMP TABLE STRUCTURED_TOO AS SELECT * FROM STRUCTURED;\nSELECT SYSTEM$TYPEOF(M) FROM STRUCTURED_TOO`,
    'MAP(VARCHAR, VARCHAR)[LOB]',
  ],
  [
    'CREATE TEMP TABLE STARRED (A INT);\nMERGE INTO STARRED USING (SELECT 1 A) S ON STARRED.A = S.A WHEN MATCHED THEN UPDATE *;\nSELECT 1',
    '!! syntax error',
  ],
  [
    'CREATE TEMP TABLE PICKY (A INT, B INT);\nINSERT INTO PICKY VALUES (SUM(1), 2);\nSELECT 1',
    '!! Invalid expression [SUM(1)] in VALUES clause',
  ],
  [
    'INSERT INTO PICKY VALUES (1, ROW_NUMBER() OVER (ORDER BY 1));\nSELECT 1',
    '!! Invalid expression [ROW_NUMBER() OVER (ORDER BY 1)]',
  ],
  ['INSERT FIRST INTO PICKY SELECT 1, 2;\nSELECT 1', "!! unexpected 'INTO'"],
  [
    'MERGE INTO PICKY USING (SELECT 1 A) S ON PICKY.A = S.A WHEN MATCHED THEN DELETE WHEN MATCHED AND PICKY.B = 1 THEN UPDATE SET B = 2;\nSELECT 1',
    "!! unexpected 'WHEN'",
  ],
  [
    "CREATE TEMP TABLE TWICE (K INT, T VARCHAR);\nINSERT INTO TWICE VALUES (0, 'a');\nMERGE INTO TWICE USING (SELECT * FROM VALUES (0, 1), (0, 2) V(K, N)) S ON TWICE.K = S.K WHEN MATCHED THEN UPDATE SET K = S.N;\nSELECT 1",
    '!! Duplicate row detected during DML action\nRow Values: [0, "a"]',
  ],
];

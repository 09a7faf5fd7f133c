/** The bus's own tables. Times are milliseconds since the epoch. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS buses (
    name TEXT PRIMARY KEY, description TEXT, created INTEGER NOT NULL, modified INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS rules (
    bus TEXT NOT NULL, name TEXT NOT NULL, pattern TEXT NOT NULL, state TEXT NOT NULL, description TEXT, roleArn TEXT,
    PRIMARY KEY (bus, name)
  );
  CREATE TABLE IF NOT EXISTS schedules (
    bus TEXT NOT NULL, rule TEXT NOT NULL, expression TEXT NOT NULL, next INTEGER, PRIMARY KEY (bus, rule)
  );
  CREATE TABLE IF NOT EXISTS targets (
    bus TEXT NOT NULL, rule TEXT NOT NULL, id TEXT NOT NULL, arn TEXT NOT NULL, target TEXT NOT NULL,
    PRIMARY KEY (bus, rule, id)
  );
  CREATE TABLE IF NOT EXISTS archives (
    name TEXT PRIMARY KEY, bus TEXT NOT NULL, pattern TEXT, description TEXT, retentionDays INTEGER NOT NULL,
    created INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS archived (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, archive TEXT NOT NULL, time INTEGER NOT NULL, accepted INTEGER NOT NULL,
    size INTEGER NOT NULL, event TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS archivedByTime ON archived (archive, time, seq);
  CREATE TABLE IF NOT EXISTS replays (
    name TEXT PRIMARY KEY, archive TEXT NOT NULL, bus TEXT NOT NULL, rules TEXT, description TEXT, state TEXT NOT NULL,
    eventStart INTEGER NOT NULL, eventEnd INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER,
    lastTime INTEGER, lastSeq INTEGER
  );
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, target TEXT NOT NULL, ruleArn TEXT NOT NULL,
    ruleName TEXT NOT NULL, accepted INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, failure TEXT
  );
  CREATE TABLE IF NOT EXISTS tags (
    arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key)
  );
`;

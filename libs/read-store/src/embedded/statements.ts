import { type Connection, rowsOf, type Statement } from './database.js';

/** Prepared statements by their text, the least recently used forgotten first. */
export interface Statements {
  rows(sql: string, values: readonly unknown[]): readonly unknown[][];
}

const MOST = 200;

export function openStatements(connection: Connection): Statements {
  const prepared = new Map<string, Statement>();
  return {
    rows(sql, values) {
      const statement = prepared.get(sql) ?? connection.prepare(sql);
      prepared.delete(sql);
      prepared.set(sql, statement);
      if (prepared.size > MOST) {
        for (const oldest of prepared.keys()) {
          prepared.delete(oldest);
          break;
        }
      }
      return rowsOf(statement, ...values);
    },
  };
}

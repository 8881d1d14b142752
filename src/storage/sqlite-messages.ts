/** What the thread of SQLite is started with. */
export interface Opening {
  path: string;
  /** Whether SQLite waits for the disk at each commit (full) or at checkpoints alone (normal). */
  sync: 'normal' | 'full';
}

/** One statement with its values. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
  /** Given where the statement must change a row: what to call it when there is none to change. */
  orElse?: string;
}

/** Statements that are written together or not at all. */
export type Script = readonly Statement[];

/** What the thread is asked for; requests are answered in the order they come. */
export type Request = { id: number } & (
  | { kind: 'query'; sql: string; parameters: readonly unknown[]; isWrite: boolean }
  | { kind: 'exec'; sql: string }
  | { kind: 'script'; script: Script }
  | { kind: 'close' }
);

/** The thread's answer to the request of that id. */
export type Reply = { id: number } & (Answer | { error: { name: string; message: string; code?: string } });

/** What a request gave. `missed`: what the statement was called that had to change a row and found none. */
export interface Answer {
  rows: unknown[];
  /** Rows that were changed. */
  changes: number;
  missed?: string;
}

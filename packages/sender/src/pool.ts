import type { Logger } from '@zfsync/program';
import type { Connection } from '@zfsync/protocol';

/**
 * The connections of one session. A stream has a connection to itself while it runs; a connection that broke is left
 * out and another made in its place when it is needed.
 */
export class ConnectionPool {
  readonly #open: () => Promise<Connection>;
  readonly #log: Logger;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  #lost: unknown;

  /** @param first the connection that planned. @param open makes another one of the same session. */
  constructor(first: Connection, open: () => Promise<Connection>, log: Logger) {
    this.#open = open;
    this.#log = log;
    this.#add(first);
    this.#idle.push(first);
  }

  /** Why the last attempt to open a connection failed, whatever step of it; undefined if it did not. */
  get lost(): unknown {
    return this.#lost;
  }

  #add(connection: Connection): void {
    this.#all.add(connection);
    void connection.closed.then(() => {
      this.#remove(connection);
    });
  }

  #remove(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  /**
   * Runs the work with a connection of its own. When the work throws, the connection's state is not known and it is
   * closed.
   */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    let connection = this.#idle.pop();
    if (connection === undefined) {
      connection = await this.#openOne();
    }
    try {
      const result = await work(connection);
      if (this.#all.has(connection)) this.#idle.push(connection);
      return result;
    } catch (error) {
      this.#remove(connection);
      connection.destroy();
      throw error;
    }
  }

  async #openOne(): Promise<Connection> {
    try {
      const connection = await this.#open();
      this.#lost = undefined;
      this.#add(connection);
      return connection;
    } catch (error) {
      this.#lost = error;
      throw error;
    }
  }

  /** Takes leave of the receiver on every connection. A courtesy: what is done is done, so it never fails. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#all].map(async (connection) => {
        try {
          await connection.send({ type: 'goodbye' });
          await connection.close();
        } catch (error) {
          this.#log.debug({ event: 'goodbye-failed', err: error }, 'a connection broke at the end');
        }
      }),
    );
  }

  destroy(): void {
    for (const connection of this.#all) connection.destroy();
  }
}

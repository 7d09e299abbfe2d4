import pg from 'pg';

/** What the driver says where an answer did not come within `query_timeout`; it has no code. */
export const NO_ANSWER = 'Query read timeout';

/**
 * A connection that is closed as soon as a statement of it was not answered in time: given back to the pool it would keep
 * whoever gets it next waiting behind that statement.
 */
class ImpatientClient extends pg.Client {
  override query = ((...given: Parameters<pg.Client['query']>) => {
    const result = super.query(...given) as unknown;
    if (result instanceof Promise) result.catch((cause: Error) => cause.message === NO_ANSWER && this.cut());
    return result;
  }) as pg.Client['query'];

  private cut(): void {
    (this as unknown as { readonly connection: pg.Connection }).connection.stream.destroy();
  }
}

/**
 * Options of the driver for connections whose statements take at most so long. The server ends a statement first, so that it
 * does not go on unseen; by a statement and not at connecting, since poolers refuse parameters that they do not know.
 */
export function impatient(timeoutMs: number): object {
  return {
    Client: ImpatientClient,
    query_timeout: timeoutMs,
    onConnect: (client: pg.Client) => client.query(`SET statement_timeout = ${Math.ceil(timeoutMs * 0.8)}`),
  };
}

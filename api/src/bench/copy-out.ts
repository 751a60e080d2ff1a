import type pg from 'pg'

/** Runs `COPY … TO STDOUT` and drops what comes; how many rows came. */
export function copyToNowhere(client: pg.ClientBase, statement: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    const query = {
      submit: (connection: { query(text: string): void }) => connection.query(statement),
      handleCopyData: () => {
        rows += 1
      },
      handleCommandComplete: () => {},
      handleError: reject,
      handleReadyForQuery: () => resolve(rows),
    }
    client.query(query as unknown as pg.Submittable) // its type has submit alone, and the client calls the handlers as well
  })
}

/** What is known of a request beside itself. */
export type Connection = {
  requestId: string
  /** The peer's address; absent where there is no socket, as in tests. */
  address?: string | undefined
}

export type Handler = (request: Request, connection: Connection) => Promise<Response> | Response

/** The process answers; nobody else is asked. */
export async function GET(): Promise<Response> {
  return Response.json({ status: 'ok' })
}

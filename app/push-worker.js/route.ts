/** Shows what it is told, and opens its page at a press. It keeps nothing and answers for no page of ours. */
const script = `self.addEventListener('push', event => {
  const { title = 'Homeward', body = '', url = '/', tag } = event.data ? event.data.json() : {}
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { url } }))
})
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data.url))
})
`

/** The service worker that push messages wake. */
export async function GET(): Promise<Response> {
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'service-worker-allowed': '/' }
  return new Response(script, { headers })
}

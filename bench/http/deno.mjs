// The service with Deno's own server and SQLite: deno run --allow-all deno.mjs PORT DATABASE
import { DatabaseSync } from 'node:sqlite'
import { Board, fine, goods, prepare } from './service.mjs'

const [port, file] = Deno.args
const { one, add } = prepare(new DatabaseSync(file))
const board = new Board()

Deno.serve({ port: Number(port), hostname: '127.0.0.1', onListen () {} }, (request) => {
  const path = new URL(request.url).pathname
  switch (request.method + ' ' + path) {
    case 'GET /hello':
      return new Response('வணக்கம்')
    case 'GET /json':
      return Response.json(goods())
    case 'POST /varavu':
      add.run('12.50')
      return Response.json(fine, { status: 201 })
    case 'GET /nikazvukaL':
      return board.listen()
    case 'POST /arivi':
      board.tell()
      return Response.json(fine, { status: 202 })
    case 'GET /eqiroli': {
      const { socket, response } = Deno.upgradeWebSocket(request)
      socket.onmessage = ({ data }) => socket.send(data)
      return response
    }
  }
  if (path.startsWith('/poruL/')) return Response.json(one.get(path.slice('/poruL/'.length)))
  return new Response(null, { status: 404 })
})

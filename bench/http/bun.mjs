// The service with Bun's own server and SQLite: bun run bun.mjs PORT DATABASE
import { Database } from 'bun:sqlite'
import { Board, fine, goods, prepare } from './service.mjs'

const [port, file] = process.argv.slice(2)
const { one, add } = prepare(new Database(file, { create: true }))
const board = new Board()

Bun.serve({
  port: Number(port),
  hostname: '127.0.0.1',
  idleTimeout: 0,
  routes: {
    '/hello': () => new Response('வணக்கம்'),
    '/json': () => Response.json(goods()),
    '/poruL/:eN': (request) => Response.json(one.get(request.params.eN)),
    '/varavu': {
      POST () {
        add.run('12.50')
        return Response.json(fine, { status: 201 })
      }
    },
    '/nikazvukaL': () => board.listen(),
    '/arivi': {
      POST () {
        board.tell()
        return Response.json(fine, { status: 202 })
      }
    },
    '/eqiroli': (request, server) => server.upgrade(request) ? undefined : new Response(null, { status: 400 })
  },
  websocket: {
    message (socket, message) { socket.send(message) }
  }
})

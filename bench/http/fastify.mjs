// The service with fastify, better-sqlite3 and @fastify/websocket: node fastify.mjs PORT DATABASE
import Fastify from 'fastify'
import Database from 'better-sqlite3'
import websocket from '@fastify/websocket'
import { event, fine, goods, prepare } from './service.mjs'

const { one, add } = prepare(new Database(process.argv[3]))
const fastify = Fastify({ logger: false })
const listeners = new Set()

await fastify.register(websocket)

fastify.get('/hello', async () => 'வணக்கம்')

fastify.get('/json', async () => goods())

fastify.get('/poruL/:eN', async (request) => one.get(request.params.eN))

fastify.post('/varavu', async (request, reply) => {
  add.run('12.50')
  reply.code(201)
  return fine
})

fastify.get('/nikazvukaL', (request, reply) => {
  reply.hijack()
  reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream' })
  reply.raw.flushHeaders()
  listeners.add(reply.raw)
  reply.raw.on('close', () => listeners.delete(reply.raw))
})

fastify.post('/arivi', async (request, reply) => {
  for (const listener of listeners) listener.write(event)
  reply.code(202)
  return fine
})

fastify.get('/eqiroli', { websocket: true }, (socket) => {
  socket.on('message', (message, binary) => socket.send(message, { binary }))
})

await fastify.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })

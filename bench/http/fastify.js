// The same service as kadai/main.qmz with fastify and better-sqlite3: node http/fastify.js PORT DATABASE
'use strict'
const fastify = require('fastify')({ logger: false })
const Database = require('better-sqlite3')

const db = new Database(process.argv[3])
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('CREATE TABLE IF NOT EXISTS poruL (eN INTEGER PRIMARY KEY, peyar TEXT NOT NULL, vilY TEXT NOT NULL)')
db.exec('CREATE TABLE IF NOT EXISTS varavu (eN INTEGER PRIMARY KEY, qokY TEXT NOT NULL)')
if (db.prepare('SELECT count(*) AS n FROM poruL').get().n === 0) {
  const put = db.prepare('INSERT INTO poruL (eN, peyar, vilY) VALUES (?, ?, ?)')
  for (let i = 1; i <= 1000; i++) put.run(i, 'பொருள் ' + i, String(i * 1.25))
}
const one = db.prepare('SELECT eN, peyar, vilY FROM poruL WHERE eN = ?')
const add = db.prepare('INSERT INTO varavu (qokY) VALUES (?)')

function tax (price) {
  if (price > 1000) return price * 0.28
  if (price > 500) return price * 0.18
  return price * 0.05
}

fastify.get('/hello', async (request, reply) => 'வணக்கம்')

fastify.get('/json', async () => {
  const list = []
  for (let i = 1; i <= 10; i++) {
    const price = i * 150.25
    list.push({ 'எண்': i, 'பெயர்': 'பொருள் ' + i, 'விலை': price, 'வரி': tax(price) })
  }
  return { 'பொருள்கள்': list, 'மொத்தம்': list.length }
})

fastify.get('/poruL/:eN', async (request) => one.get(request.params.eN))

fastify.post('/varavu', async (request, reply) => {
  add.run('12.50')
  reply.code(201)
  return { 'நிலை': 'சரி' }
})

fastify.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })

// What the services in JavaScript have in common: the same as kadai/main.qmz, with numbers that are not exact.

export const news = { 'அறை': 'பொது', 'பெயர்': 'கயல்விழி', 'செய்தி': 'வணக்கம், எல்லோரும் நலமா? 👍🏽' }
export const event = `event: செய்தி\ndata: ${JSON.stringify(news)}\n\n`
export const fine = { 'நிலை': 'சரி' }

function tax (price) {
  if (price > 1000) return price * 0.28
  if (price > 500) return price * 0.18
  return price * 0.05
}

export function goods () {
  const list = []
  for (let i = 1; i <= 10; i++) {
    const price = i * 150.25
    list.push({ 'எண்': i, 'பெயர்': 'பொருள் ' + i, 'விலை': price, 'வரி': tax(price) })
  }
  return { 'பொருள்கள்': list, 'மொத்தம்': list.length }
}

/** Makes the tables of a database of better-sqlite3, node:sqlite or bun:sqlite, and answers its two statements. */
export function prepare (db) {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec('CREATE TABLE poruL (eN INTEGER PRIMARY KEY, peyar TEXT NOT NULL, vilY TEXT NOT NULL)')
  db.exec('CREATE TABLE varavu (eN INTEGER PRIMARY KEY, qokY TEXT NOT NULL)')
  const put = db.prepare('INSERT INTO poruL (eN, peyar, vilY) VALUES (?, ?, ?)')
  for (let i = 1; i <= 1000; i++) put.run(i, 'பொருள் ' + i, String(i * 1.25))
  return {
    one: db.prepare('SELECT eN, peyar, vilY FROM poruL WHERE eN = ?'),
    add: db.prepare('INSERT INTO varavu (qokY) VALUES (?)')
  }
}

/** The listeners of a server whose answers are web streams. */
export class Board {
  #listeners = new Set()
  #bytes = new TextEncoder().encode(event)

  listen () {
    let mine
    const body = new ReadableStream({
      start: (controller) => { this.#listeners.add(mine = controller) },
      cancel: () => { this.#listeners.delete(mine) }
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  }

  tell () {
    for (const listener of this.#listeners) listener.enqueue(this.#bytes)
  }
}

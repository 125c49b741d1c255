// உயிர்: what makes the page live. A WebSocket for the room, server-sent events for the board, nothing from elsewhere.

const $ = (id) => document.getElementById(id);
const segments = new Intl.Segmenter('ta', { granularity: 'grapheme' });
const clock = new Intl.DateTimeFormat('ta-IN', { hour: 'numeric', minute: '2-digit' });
const heartbeat = 20_000; // ms; the program counts who was heard of in the last 50 s

let me = sessionStorage.getItem('peyar') ?? '';
let room = decodeURIComponent(location.hash.slice(1));
let rooms = [];
let socket;
let tries = 0;
let oldest; // the number of the first message on the page
const seen = new Set();

// --- names and faces

/** The first letter as a reader sees it: கை is one, 👍🏽 is one. */
const letter = (text) => segments.segment(text)[Symbol.iterator]().next().value?.segment ?? '?';

/** A colour of one's own, dark enough for white letters. */
function colour(name) {
  let hash = 0;
  for (const c of name) hash = (hash * 31 + c.codePointAt(0)) % 360;
  return `hsl(${hash} 45% 31%)`;
}

function element(tag, className, text) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
}

function complain(id, text) {
  $(id).textContent = text;
  $(id).hidden = text === '';
}

// --- the room

function bubble(m) {
  const li = element('li', m['பெயர்'] === me ? 'mine' : '');
  const face = element('span', 'face', letter(m['பெயர்']));
  face.style.setProperty('--face', colour(m['பெயர்']));
  face.setAttribute('aria-hidden', 'true');
  const who = element('p', 'who');
  const time = element('time', '', clock.format(new Date(m['நேரம்'])));
  time.dateTime = m['நேரம்'];
  who.append(element('b', '', m['பெயர்']), ' · ', time);
  li.append(face, who, element('p', 'words', m['செய்தி']));
  return li;
}

/** Puts messages at the end, or before the others; one that is there already is left out. */
function show(messages, before = false) {
  const log = $('pEccu');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const height = log.scrollHeight;
  const fresh = messages.filter((m) => !seen.has(m['எண்']));
  for (const m of fresh) seen.add(m['எண்']);
  const bubbles = fresh.map(bubble);
  if (before) log.prepend(...bubbles);
  else log.append(...bubbles);
  if (before) log.scrollTop += log.scrollHeight - height;
  else if (atEnd || fresh.some((m) => m['பெயர்'] === me)) log.scrollTop = log.scrollHeight;
  for (const m of fresh) oldest = Math.min(oldest ?? m['எண்'], m['எண்']);
}

function present(names) {
  $('iruppavarkaL').replaceChildren(...names.map((n) => element('li', '', n)));
}

let typingTimer;
function typing(name) {
  if (name === me) return;
  $('qattaccu').textContent = `${name} எழுதுகிறார்…`;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => { $('qattaccu').textContent = ''; }, 3000);
}

const heard = {
  'வரலாறு': (m) => {
    show(m['செய்திகள்']);
    $('pazYyavY').hidden = !m['மேலும்'];
  },
  'செய்தி': (m) => {
    show([m]);
    $('qattaccu').textContent = '';
  },
  'இருப்பவர்கள்': (m) => present(m['பெயர்கள்']),
  'எழுதுகிறார்': (m) => typing(m['பெயர்']),
  'பிழை': (m) => complain('pizY', m['செய்தி']),
};

function state(on, text) {
  $('nilY').dataset.state = on ? 'on' : 'off';
  $('nilY').textContent = text;
  $('ceyqi').disabled = !on;
  $('ezuqu').querySelector('button').disabled = !on;
}

/** Says something on the socket; false when there is none that is open. */
function say(kind, more = {}) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify({ 'வகை': kind, ...more }));
  return true;
}

function connect() {
  if (!room || !me) return;
  socket?.close(1000);
  const address = new URL(`/aRY/${encodeURIComponent(room)}?${new URLSearchParams({ 'பெயர்': me })}`, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const mine = socket = new WebSocket(address);
  state(false, 'இணைகிறது…');
  mine.onopen = () => {
    tries = 0;
    state(true, 'இணைந்துள்ளது');
    complain('pizY', '');
    if (document.activeElement === document.body) $('ceyqi').focus(); // elsewhere somebody is doing something
  };
  mine.onmessage = ({ data }) => {
    const m = JSON.parse(data);
    if (mine === socket) heard[m['வகை']]?.(m);
  };
  mine.onclose = ({ code, reason }) => {
    if (mine !== socket) return; // another room has taken its place
    present([]);
    if (code === 1008) { // the program said why it does not want us
      state(false, 'இணைக்கப்படவில்லை');
      complain('pizY', reason);
      return;
    }
    state(false, 'மீண்டும் இணைகிறது…');
    setTimeout(() => mine === socket && connect(), Math.min(250 * 2 ** tries++, 8000));
  };
}

function enter(name) {
  room = name;
  oldest = undefined;
  seen.clear();
  $('pEccu').replaceChildren();
  $('pazYyavY').hidden = true;
  present([]);
  $('aRY-qalYppu').textContent = name;
  document.title = `${name} – அரட்டை`;
  if (location.hash.slice(1) !== encodeURIComponent(name)) history.replaceState(null, '', '#' + encodeURIComponent(name));
  showRooms();
  connect();
}

// --- rooms and the board

function showRooms() {
  $('aRYkaL').replaceChildren(...rooms.map((r) => {
    const button = element('button');
    button.type = 'button';
    button.setAttribute('aria-current', String(r['பெயர்'] === room));
    const count = element('span', 'count', String(r['செய்திகள்']));
    count.setAttribute('aria-label', `${r['செய்திகள்']} செய்திகள்`);
    button.append(element('span', '', r['பெயர்']), count);
    button.onclick = () => enter(r['பெயர்']);
    const li = element('li');
    li.append(button);
    return li;
  }));
}

function showBoard(now) {
  const focused = document.activeElement?.closest('#aRYkaL li')?.innerText;
  rooms = now['அறைகள்'];
  showRooms();
  if (focused) [...$('aRYkaL').children].find((li) => li.innerText === focused)?.firstChild.focus();
  $('moqqam').textContent = now['மொத்தம்'];
  $('iruppu').textContent = now['இருப்பவர்கள்'];
  $('aNmY').replaceChildren(...now['அண்மை'].map((m) => {
    const li = element('li');
    li.append(element('span', 'who', `${m['பெயர்']} · ${m['அறை']}`), element('p', '', m['செய்தி']));
    return li;
  }));
  if (!rooms.some((r) => r['பெயர்'] === room) && rooms.length) enter(rooms[0]['பெயர்']);
}

let board;

/** Listens to the board while somebody sees it: a browser has six connections for all its windows of one server. */
function watchBoard() {
  board?.close();
  board = undefined;
  if (document.hidden) return;
  board = new EventSource('/palakY'); // comes back by itself
  board.addEventListener('பலகை', ({ data }) => showBoard(JSON.parse(data)));
}

// --- what people do

let typed = 0; // when the others were last told that we write
$('ezuqu').onsubmit = (event) => {
  event.preventDefault();
  const text = $('ceyqi').value.trim();
  if (!text || !say('செய்தி', { 'செய்தி': text })) return;
  complain('pizY', '');
  $('ceyqi').value = '';
  typed = 0;
  grow();
};

function grow() {
  const box = $('ceyqi');
  box.style.height = 'auto';
  box.style.height = box.scrollHeight + 2 + 'px';
}

$('ceyqi').oninput = () => {
  grow();
  if (Date.now() - typed > 2000) {
    typed = Date.now();
    say('எழுதுகிறேன்');
  }
};

$('ceyqi').onkeydown = (event) => {
  // While an input method composes, Enter takes its suggestion.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $('ezuqu').requestSubmit();
};

$('puqiya-aRY').onsubmit = async (event) => {
  event.preventDefault();
  const name = $('aRY-peyar').value.trim();
  const answer = await fetch('/aRYkaL', { method: 'POST', body: JSON.stringify({ 'பெயர்': name }), headers: { 'Content-Type': 'application/json' } });
  const body = await answer.json();
  complain('aRY-pizY', answer.ok ? '' : body['பிழை']);
  if (!answer.ok) return;
  $('aRY-peyar').value = '';
  enter(body['பெயர்']);
};

$('pazYyavY').onclick = async () => {
  const answer = await fetch(`/aRYkaL/${encodeURIComponent(room)}?${new URLSearchParams({ 'முன்': oldest })}`);
  const body = await answer.json();
  show(body['செய்திகள்'], true);
  $('pazYyavY').hidden = !body['மேலும்'];
};

$('peyar-pativam').onsubmit = (event) => {
  const name = $('peyar').value.trim();
  const letters = [...segments.segment(name)].length;
  if (letters < 1 || letters > 30) {
    event.preventDefault();
    complain('peyar-pizY', 'பெயர் 1 முதல் 30 எழுத்து வரை வேண்டும்');
    return;
  }
  me = name;
  sessionStorage.setItem('peyar', me);
  start();
};

$('aZumaqi').oncancel = (event) => event.preventDefault(); // nobody talks without a name

onhashchange = () => {
  const name = decodeURIComponent(location.hash.slice(1));
  if (name && name !== room) enter(name);
};

function start() {
  $('nAZ').textContent = me;
  $('nAZ').hidden = false;
  if (room) enter(room);
  watchBoard();
  document.addEventListener('visibilitychange', watchBoard);
  setInterval(() => say('இருக்கிறேன்'), heartbeat);
}

if (me) start();
else $('aZumaqi').showModal();

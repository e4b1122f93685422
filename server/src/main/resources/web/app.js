// Both channels, live. What happened before the page was opened comes by REST; so does what was missed while a
// connection was down. The events come as porchlight.v1, since a plain client is told of an event again only when its level
// rises, and not when it falls or is reviewed.

const MOST_ROWS = { events: 20, detections: 20, cameras: Infinity };
const SYSTEM_SILENCE_MS = 20_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

const lists = { events: new Map(), detections: new Map(), cameras: new Map() };

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function timeOf(iso) {
  const time = element('time');
  if (iso) {
    time.dateTime = iso;
    time.title = iso;
    const date = new Date(iso);
    const today = date.toDateString() === new Date().toDateString();
    time.textContent = today ? date.toLocaleTimeString() : date.toLocaleString();
  } else {
    time.textContent = 'never';
  }
  return time;
}

function eventRow(event) {
  const row = element('li');
  const level = element('span', 'level', `${event.risk_level} ${event.risk_score}`);
  level.dataset.level = event.risk_level;
  row.append(level, element('span', 'grow', event.summary), element('span', 'soft', event.camera_id));
  if (event.reviewed) row.append(element('span', 'soft', (event.verdict ?? 'reviewed').replace('_', ' ')));
  row.append(timeOf(event.started_at), element('p', '', event.reasoning));
  return row;
}

function detectionRow(detection) {
  const row = element('li');
  row.append(element('b', 'grow', detection.object_type),
    element('span', 'soft', `${Math.round(detection.confidence * 100)} %`),
    element('span', 'soft', detection.camera_id), timeOf(detection.detected_at));
  return row;
}

function cameraRow(camera) {
  const row = element('li');
  row.dataset.status = camera.status;
  row.append(element('span', 'dot'), element('b', 'grow', camera.name ?? camera.camera_id),
    element('span', 'soft', camera.status), timeOf(camera.last_seen_at));
  return row;
}

function draw(name, row, compare) {
  const items = [...lists[name].values()].sort(compare).slice(0, MOST_ROWS[name]);
  lists[name] = new Map(items.map(item => [item.id ?? item.camera_id, item]));
  document.getElementById(name).replaceChildren(...items.map(row));
}

const newestFirst = (a, b) => b.id - a.id;
const byName = (a, b) => a.camera_id.localeCompare(b.camera_id);
const pending = new Set();
/** The cameras that the channel has spoken of since they were last asked for. */
const heard = new Set();

/** Draws a list once for however many messages come before the next frame of the screen. */
function redraw(name) {
  if (pending.size === 0) requestAnimationFrame(() => {
    for (const wanted of pending) {
      if (wanted === 'events') draw('events', eventRow, newestFirst);
      if (wanted === 'detections') draw('detections', detectionRow, newestFirst);
      if (wanted === 'cameras') draw('cameras', cameraRow, byName);
    }
    pending.clear();
  });
  pending.add(name);
}

function keep(name, key, item) {
  lists[name].set(key, { ...lists[name].get(key), ...item });
  redraw(name);
}

function showGpu(stats) {
  const known = (value, text) => value === null || value === undefined ? 'not known' : text(value);
  const gib = bytes => (bytes / 2 ** 30).toFixed(1);
  const fields = {
    inference_fps: known(stats.inference_fps, v => `${v.toFixed(2)} pictures/s`),
    gpu_utilization: known(stats.gpu_utilization, v => `${v.toFixed(0)} %`),
    memory: known(stats.memory_used, v => `${gib(v)} of ${known(stats.memory_total, gib)} GiB`),
    temperature: known(stats.temperature, v => `${v.toFixed(0)} °C`),
    recorded_at: new Date(stats.recorded_at).toLocaleTimeString(),
  };
  for (const [field, text] of Object.entries(fields)) {
    document.querySelector(`#gpu [data-field=${field}]`).textContent = text;
  }
}

const show = {
  new_event: event => keep('events', event.id, event),
  event_updated: event => keep('events', event.id, event),
  detection: detection => keep('detections', detection.id, detection),
  camera_status: status => {
    heard.add(status.camera_id);
    keep('cameras', status.camera_id, status);
  },
  gpu_stats: showGpu,
};

async function items(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function catchUp(channel) {
  if (channel === 'events') {
    for (const event of (await items('/api/events')).items) keep('events', event.id, event);
    for (const detection of (await items('/api/detections')).items) keep('detections', detection.id, detection);
  } else {
    heard.clear();
    for (const camera of (await items('/api/cameras?limit=200')).items) {
      // What the channel has said meanwhile is newer than what was asked for before.
      keep('cameras', camera.camera_id, heard.has(camera.camera_id) ? { name: camera.name } : camera);
    }
    await showHealth();
  }
}

async function showHealth() {
  const answer = await fetch('/api/system/health');
  const health = await answer.json();
  document.getElementById('health').replaceChildren(...Object.entries(health.components).map(([name, part]) => {
    const row = element('li');
    row.dataset.status = part.status;
    row.append(element('span', 'dot'), element('b', '', name), element('span', 'soft grow', part.detail));
    return row;
  }));
}

/** Follows a channel for good: connects again with growing pauses and jitter, and says truthfully how it stands. */
function follow(channel) {
  const link = document.getElementById(`link-${channel}`);
  let pause = FIRST_PAUSE_MS;
  let silence;
  const say = state => {
    link.dataset.state = state;
    link.querySelector('b').textContent = state;
  };
  const heard = () => {
    say('live');
    clearTimeout(silence);
    // The system channel speaks every few seconds; its silence means a dead connection that nobody has told us of.
    if (channel === 'system') silence = setTimeout(() => say('stale'), SYSTEM_SILENCE_MS);
  };
  const connect = () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/ws/${channel}`,
      channel === 'events' ? ['porchlight.v1'] : []);
    socket.onopen = () => {
      pause = FIRST_PAUSE_MS;
      heard();
      catchUp(channel).then(() => document.body.classList.add(`knows-${channel}`))
        .catch(error => console.warn('could not catch up', error));
    };
    socket.onmessage = message => {
      heard();
      const { type, data } = JSON.parse(message.data);
      show[type]?.(data);
    };
    socket.onclose = () => {
      clearTimeout(silence);
      say('reconnecting');
      setTimeout(connect, pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
  };
  connect();
}

follow('events');
follow('system');
setInterval(() => showHealth().catch(() => {}), 30_000);
